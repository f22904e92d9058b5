/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.archive;

/**
 * The head of one entry of a tar archive.
 *
 * @param path relative to the root, without a leading or trailing slash, without {@code .} and {@code ..}; empty for the
 *     root itself
 * @param link target of a symbolic link as it stands; of a hard link a path like {@code path}; otherwise empty
 * @param mode permission bits with setuid, setgid and sticky
 * @param mtime seconds since the epoch
 */
public record TarEntry(Kind kind, String path, String link, int mode, int uid, int gid, long mtime, long sizeBytes) {

    /** What an entry is. Devices, pipes and sockets have no place in a package. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARDLINK
    }
}
