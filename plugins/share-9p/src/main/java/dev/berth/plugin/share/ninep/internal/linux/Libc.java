/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's functions, mapped directly. Pointers and sizes are {@code long}: 64-bit processors only. Each returns
 * what the C function returns; after -1 the reason is {@link Native#getLastError()}, which is kept per thread.
 */
final class Libc {

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    /** These two differ between processors. */
    static final int O_DIRECTORY;

    static final int O_NOFOLLOW;

    /** The same number on every processor, as of all system calls since 2019. */
    static final long SYS_OPENAT2 = 437;

    static final long RESOLVE_NO_MAGICLINKS = 0x02;
    static final long RESOLVE_BENEATH = 0x08;
    static final int CLONE_FS = 0x200;
    static final int STATX_BASIC_STATS_AND_BTIME = 0xfff;
    static final long UTIME_NOW = 0x3fffffff;
    static final long UTIME_OMIT = 0x3ffffffe;

    static {
        boolean arm = System.getProperty("os.arch", "").startsWith("aarch64");
        O_DIRECTORY = arm ? 0x4000 : 0x10000;
        O_NOFOLLOW = arm ? 0x8000 : 0x20000;
        Native.register(Libc.class, NativeLibrary.getInstance("c"));
    }

    private Libc() {}

    static native int open(long path, int flags, int mode);

    static native int openat(int folder, long path, int flags, int mode);

    static native int close(int fd);

    static native long syscall(long number, long a, long b, long c, long d);

    static native int statx(int fd, long path, int flags, int mask, long buffer);

    static native int fstatfs(int fd, long buffer);

    static native long readlinkat(int fd, long path, long buffer, long size);

    static native long pread64(int fd, long buffer, long count, long offset);

    static native long pwrite64(int fd, long buffer, long count, long offset);

    static native long preadv2(int fd, long vectors, int count, long offset, int flags);

    static native long getdents64(int fd, long buffer, long count);

    static native long lseek64(int fd, long offset, int whence);

    static native int mkdirat(int folder, long path, int mode);

    static native int mknodat(int folder, long path, int mode, long device);

    static native int symlinkat(long target, int folder, long path);

    static native int linkat(int oldFolder, long oldPath, int newFolder, long newPath, int flags);

    static native int unlinkat(int folder, long path, int flags);

    static native int renameat(int oldFolder, long oldPath, int newFolder, long newPath);

    static native int fchmod(int fd, int mode);

    static native int chmod(long path, int mode);

    static native int fchown(int fd, int uid, int gid);

    static native int fchownat(int folder, long path, int uid, int gid, int flags);

    static native int utimensat(int folder, long path, long times, int flags);

    static native int ftruncate64(int fd, long size);

    static native int truncate64(long path, long size);

    static native int fsync(int fd);

    static native int fdatasync(int fd);

    static native long getxattr(long path, long name, long value, long size);

    static native long listxattr(long path, long list, long size);

    static native int setxattr(long path, long name, long value, long size, int flags);

    static native int removexattr(long path, long name);

    static native int setfsuid(int uid);

    static native int geteuid();

    static native int getegid();

    static native int unshare(int flags);

    static native int umask(int mask);
}
