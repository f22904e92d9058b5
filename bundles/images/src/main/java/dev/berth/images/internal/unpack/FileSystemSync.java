/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import dev.berth.images.tar.TarEntry;
import java.nio.file.Path;

/** Writes a whole file system out to its disk (syncfs(2)). */
public final class FileSystemSync {

    private FileSystemSync() {}

    /** Waits until all that was written before is on the disk; false if that failed. */
    public static boolean sync(Path folder) {
        if (!Libc.supported()) {
            return false;
        }
        Scratch name = new Scratch(8192);
        int fd = Libc.openat(
                -100,
                name.string(TarEntry.raw(folder.toString())),
                Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC,
                0);
        if (fd < 0) {
            return false;
        }
        try {
            return Libc.syncfs(fd) == 0;
        } finally {
            Libc.close(fd);
        }
    }
}
