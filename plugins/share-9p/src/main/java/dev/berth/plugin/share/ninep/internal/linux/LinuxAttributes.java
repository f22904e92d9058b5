/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Extended attributes of regular files and folders, of the {@code user} name space alone. The others are the host
 * kernel's (capabilities, labels, access lists) and are answered without asking it, since clients ask for them all the
 * time.
 */
final class LinuxAttributes {

    private static final byte[] USER = "user.".getBytes(StandardCharsets.US_ASCII);
    private static final int XATTR_REPLACE = 2;

    private LinuxAttributes() {}

    static boolean isServed(byte[] name) {
        if (name.length <= USER.length || Arrays.mismatch(name, USER) != USER.length) {
            return false;
        }
        for (byte b : name) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    static byte[] get(int fd, byte[] name) throws ErrnoException {
        Scratch scratch = Scratch.get();
        int length = (int) Scratch.check(Libc.getxattr(
                scratch.procPath(fd), scratch.attributeName(name), scratch.address(Scratch.BULK), Scratch.BULK_SIZE));
        byte[] value = new byte[length];
        scratch.memory.get(Scratch.BULK, value);
        return value;
    }

    static byte[] list(int fd) throws ErrnoException {
        Scratch scratch = Scratch.get();
        int length = (int)
                Scratch.check(Libc.listxattr(scratch.procPath(fd), scratch.address(Scratch.BULK), Scratch.BULK_SIZE));
        byte[] all = new byte[length];
        scratch.memory.get(Scratch.BULK, all);
        byte[] served = new byte[length];
        int kept = 0;
        for (int at = 0; at < length; ) {
            int end = at;
            while (end < length && all[end] != 0) {
                end++;
            }
            if (isServed(Arrays.copyOfRange(all, at, end))) {
                int size = Math.min(length, end + 1) - at;
                System.arraycopy(all, at, served, kept, size);
                kept += size;
            }
            at = end + 1;
        }
        return Arrays.copyOf(served, kept);
    }

    static void set(int fd, byte[] name, byte[] value, int flags) throws ErrnoException {
        Scratch scratch = Scratch.get();
        if (value.length > Scratch.BULK_SIZE) {
            throw ErrnoException.of(Errno.ENOSPC);
        }
        if (value.length == 0 && flags == XATTR_REPLACE) {
            // How Linux' client says "remove".
            Scratch.check(Libc.removexattr(scratch.procPath(fd), scratch.attributeName(name)));
            return;
        }
        scratch.memory.put(Scratch.BULK, value);
        Scratch.check(Libc.setxattr(
                scratch.procPath(fd), scratch.attributeName(name), scratch.address(Scratch.BULK), value.length, flags));
    }
}
