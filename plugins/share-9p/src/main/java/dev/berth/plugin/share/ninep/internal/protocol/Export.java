/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Volume;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A folder as it is served: what all connections to it share. */
public final class Export {

    private final Volume volume;
    private final boolean readOnly;
    private final byte[] secret;
    private final LockTable locks = new LockTable();

    /** @param secret what a client must give as the name of what it attaches to; empty to accept any */
    public Export(Volume volume, boolean readOnly, String secret) {
        this.volume = volume;
        this.readOnly = readOnly;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    public Volume volume() {
        return volume;
    }

    /** Whether every change is refused. */
    public boolean readOnly() {
        return readOnly;
    }

    LockTable locks() {
        return locks;
    }

    /** Compares in a time that tells nothing. */
    boolean admits(byte[] attachName) {
        return secret.length == 0 || MessageDigest.isEqual(secret, attachName);
    }
}
