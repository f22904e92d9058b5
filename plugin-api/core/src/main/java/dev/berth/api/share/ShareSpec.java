/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A host folder to appear in a guest.
 *
 * @param hostFolder absolute, an existing folder
 * @param guestPath absolute, in the guest
 */
public record ShareSpec(Path hostFolder, String guestPath, boolean readOnly) {

    public ShareSpec {
        Objects.requireNonNull(hostFolder, "hostFolder");
        if (!guestPath.startsWith("/") || guestPath.contains("/../") || guestPath.endsWith("/..")) {
            throw new IllegalArgumentException("a share appears at an absolute path in the guest: " + guestPath);
        }
    }

    /** Parses {@code HOST:GUEST[:ro]}; a Windows drive letter belongs to the host part. */
    public static ShareSpec parse(String text) {
        String rest = text;
        boolean readOnly = false;
        if (rest.endsWith(":ro")) {
            readOnly = true;
            rest = rest.substring(0, rest.length() - 3);
        } else if (rest.endsWith(":rw")) {
            rest = rest.substring(0, rest.length() - 3);
        }
        int colon = rest.lastIndexOf(':');
        if (colon < 1 || colon == rest.length() - 1) {
            throw new IllegalArgumentException("write a share as HOST:GUEST or HOST:GUEST:ro, not " + text);
        }
        return new ShareSpec(
                Path.of(rest.substring(0, colon)).toAbsolutePath().normalize(), rest.substring(colon + 1), readOnly);
    }
}
