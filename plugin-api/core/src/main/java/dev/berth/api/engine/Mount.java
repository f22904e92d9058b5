/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import java.util.Objects;

/**
 * Something mounted into a container.
 *
 * @param source a host path for {@link Kind#BIND} and {@link Kind#DEVICE}, a volume name for {@link Kind#VOLUME}, empty for {@link Kind#TMPFS}
 * @param target absolute path in the guest; made if it does not exist
 * @param sizeBytes limit of a {@link Kind#TMPFS}; 0 means the engine's default
 */
public record Mount(Kind kind, String source, String target, boolean readOnly, long sizeBytes) {

    /** What is mounted. */
    public enum Kind {
        /** A folder or file of the host; always nosuid and nodev. */
        BIND,
        /** A volume that the engine keeps. */
        VOLUME,
        /** Memory. */
        TMPFS,
        /** A device of the machine that the engine runs on; with {@code /dev/fuse} comes the right to mount by it. */
        DEVICE
    }

    public Mount {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(source, "source");
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("a mount's target is an absolute path in the guest: " + target);
        }
    }

    /** A device, under the same name in the guest. Needs {@link EngineCapability#FUSE} for {@code /dev/fuse}; others may be refused. */
    public static Mount device(String path) {
        return new Mount(Kind.DEVICE, path, path, false, 0);
    }

    /** A host folder or file. */
    public static Mount bind(String source, String target, boolean readOnly) {
        return new Mount(Kind.BIND, source, target, readOnly, 0);
    }
}
