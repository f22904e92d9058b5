/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The few system calls that the JDK does not offer. Loaded on first use only: JNA costs a start-up tens of
 * milliseconds.
 */
final class Libc {

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_NOCTTY = 0400;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int CLONE_NEWNET = 0x40000000;
    /** The same number on every architecture, as of all calls since Linux 5.0. */
    static final long SYS_OPENAT2 = 437;

    static final int RESOLVE_NO_MAGICLINKS = 0x02;
    static final int RESOLVE_IN_ROOT = 0x10;
    static final long TIOCSWINSZ = 0x5414;
    static final short POLLIN = 1;

    static final Calls CALLS = Native.load("c", Calls.class);

    /** Functions of libc under their own names. */
    @SuppressWarnings("checkstyle:MethodName")
    interface Calls extends Library {
        int open(String path, int flags) throws LastErrorException;

        int close(int fd) throws LastErrorException;

        long read(int fd, byte[] buffer, long count) throws LastErrorException;

        long write(int fd, Pointer buffer, long count) throws LastErrorException;

        int poll(Pointer descriptors, long count, int timeoutMilliseconds) throws LastErrorException;

        int setns(int fd, int type) throws LastErrorException;

        int ioctl(int fd, long request, Pointer argument) throws LastErrorException;

        int posix_openpt(int flags) throws LastErrorException;

        int grantpt(int fd) throws LastErrorException;

        int unlockpt(int fd) throws LastErrorException;

        int ptsname_r(int fd, byte[] name, long size);

        long syscall(long number, Object... arguments) throws LastErrorException;
    }

    private Libc() {}

    /** openat2(2) of a path inside a root that it cannot lead out of, as a descriptor that only names it. */
    static int openInRoot(int root, String path) {
        try (Memory how = new Memory(24)) {
            how.setLong(0, O_PATH | O_CLOEXEC);
            how.setLong(8, 0);
            how.setLong(16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
            return (int) CALLS.syscall(SYS_OPENAT2, root, path, how, 24L);
        }
    }
}
