/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import com.sun.jna.Pointer;
import dev.berth.images.tar.TarEntry;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Failures of system calls, in words. */
final class Errors {

    /** What the message of a full disk begins with, for whoever turns it into an error with a remedy. */
    static final String DISK_FULL = "no space left";

    private Errors() {}

    static IOException failure(String what, String path, int error) {
        if (error == Libc.ENOSPC || error == Libc.EDQUOT) {
            return new FileSystemException(TarEntry.display(path), null, DISK_FULL + " on the disk of the image store");
        }
        String reason = new Pointer(Libc.strerror(error)).getString(0);
        return new IOException(what + " " + TarEntry.display(path) + ": " + reason);
    }
}
