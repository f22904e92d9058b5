/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The calls of the C library that unpacking needs, mapped directly: the file API of the JDK takes paths, which an archive
 * could redirect, and several times as long. Pointers are passed as {@code long}, so 64-bit hosts only. A negative result
 * means failure; {@link Native#getLastError} tells which.
 */
final class Libc {

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_CLOEXEC = 02000000;
    /** These two differ between processor families. */
    static final int O_DIRECTORY = arm() ? 040000 : 0200000;

    static final int O_NOFOLLOW = arm() ? 0100000 : 0400000;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int S_IFIFO = 0010000;
    static final int S_IFCHR = 0020000;
    static final int S_IFBLK = 0060000;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    static {
        if (!supported()) {
            throw new UnsatisfiedLinkError("layers are unpacked on 64-bit Linux only");
        }
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {}

    /** Whether this host has these calls. */
    static boolean supported() {
        return Platform.isLinux() && Native.POINTER_SIZE == 8;
    }

    private static boolean arm() {
        return Platform.isARM();
    }

    static native int openat(int folder, long path, int flags, int mode);

    static native int close(int fd);

    static native long write(int fd, long data, long length);

    static native long pwrite(int fd, long data, long length, long offset);

    static native int ftruncate(int fd, long length);

    static native int mkdirat(int folder, long path, int mode);

    static native int mknodat(int folder, long path, int mode, long device);

    static native int symlinkat(long target, int folder, long path);

    static native int linkat(int fromFolder, long from, int toFolder, long to, int flags);

    static native int unlinkat(int folder, long path, int flags);

    static native long readlinkat(int folder, long path, long buffer, long size);

    static native int fchown(int fd, int uid, int gid);

    static native int fchownat(int folder, long path, int uid, int gid, int flags);

    static native int fchmod(int fd, int mode);

    static native int fchmodat(int folder, long path, int mode, int flags);

    static native int futimens(int fd, long times);

    static native int utimensat(int folder, long path, long times, int flags);

    static native int fsetxattr(int fd, long name, long value, long size, int flags);

    static native int lsetxattr(long path, long name, long value, long size, int flags);

    static native int geteuid();

    static native int syncfs(int fd);

    static native long strerror(int error);
}
