/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Memory of one thread for the arguments and results of system calls. */
final class Scratch {

    private static final int NAME_LIMIT = 255;
    private static final int LINK_LIMIT = 4095;
    private static final byte[] PROC = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);

    private static final int NAME = 0;
    private static final int SECOND_NAME = 512;
    private static final int PROC_PATH = 1024;
    private static final int EMPTY = 1088;
    private static final int OPEN_HOW = 1096;
    private static final int IOVEC = 1128;
    private static final int TIMES = 1152;
    static final int RESULT = 1280;
    private static final int LINK = 2048;
    static final int BULK = 8192;
    static final int BULK_SIZE = 0x10000;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    final ByteBuffer memory = ByteBuffer.allocateDirect(BULK + BULK_SIZE + 16).order(ByteOrder.nativeOrder());
    private final long base = Pointer.nativeValue(Native.getDirectBufferPointer(memory));
    private boolean umaskOwn;

    private Scratch() {
        memory.putLong(OPEN_HOW, Libc.O_PATH | Libc.O_NOFOLLOW | Libc.O_CLOEXEC);
        memory.putLong(OPEN_HOW + 16, Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_MAGICLINKS);
    }

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** Gives the thread a umask of its own, 0, so that modes are as the client says. */
    void enterThread() {
        if (!umaskOwn && Libc.unshare(Libc.CLONE_FS) == 0) {
            Libc.umask(0);
            umaskOwn = true;
        }
    }

    /** Whether modes at creation are taken as given. */
    boolean modesAreExact() {
        return umaskOwn;
    }

    long address(int at) {
        return base + at;
    }

    /** One component of a path; never dot, dot-dot, nor anything that the kernel would take for more than a name. */
    long name(byte[] name) throws ErrnoException {
        return name(NAME, name);
    }

    long secondName(byte[] name) throws ErrnoException {
        return name(SECOND_NAME, name);
    }

    private long name(int at, byte[] name) throws ErrnoException {
        if (name.length > NAME_LIMIT) {
            throw ErrnoException.of(Errno.ENAMETOOLONG);
        }
        if (name.length == 0) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        if (name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'))) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        for (byte b : name) {
            if (b == '/' || b == 0) {
                throw ErrnoException.of(Errno.EINVAL);
            }
        }
        return text(at, name);
    }

    /** The target of a symbolic link: any text, since nothing here ever follows it. */
    long link(byte[] target) throws ErrnoException {
        if (target.length == 0) {
            throw ErrnoException.of(Errno.ENOENT);
        }
        if (target.length > LINK_LIMIT) {
            throw ErrnoException.of(Errno.ENAMETOOLONG);
        }
        for (byte b : target) {
            if (b == 0) {
                throw ErrnoException.of(Errno.EINVAL);
            }
        }
        return text(LINK, target);
    }

    /** The name of an extended attribute. */
    long attributeName(byte[] name) throws ErrnoException {
        if (name.length == 0 || name.length > NAME_LIMIT) {
            throw ErrnoException.of(Errno.ERANGE);
        }
        return text(NAME, name);
    }

    private long text(int at, byte[] text) {
        memory.put(at, text).put(at + text.length, (byte) 0);
        return base + at;
    }

    /** The magic link that leads to exactly what a descriptor stands for. */
    long procPath(int fd) {
        memory.put(PROC_PATH, PROC);
        int digits = 1;
        for (int rest = fd; rest >= 10; rest /= 10) {
            digits++;
        }
        int end = PROC_PATH + PROC.length + digits;
        memory.put(end, (byte) 0);
        int rest = fd;
        for (int at = end - 1; at >= PROC_PATH + PROC.length; at--) {
            memory.put(at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return base + PROC_PATH;
    }

    long empty() {
        return base + EMPTY;
    }

    /** A struct open_how for O_PATH, beneath the folder, through no link. */
    long openHow() {
        return base + OPEN_HOW;
    }

    long iovec(long address, long length) {
        memory.putLong(IOVEC, address).putLong(IOVEC + 8, length);
        return base + IOVEC;
    }

    long times(long accessSeconds, long accessNanos, long modifiedSeconds, long modifiedNanos) {
        memory.putLong(TIMES, accessSeconds)
                .putLong(TIMES + 8, accessNanos)
                .putLong(TIMES + 16, modifiedSeconds)
                .putLong(TIMES + 24, modifiedNanos);
        return base + TIMES;
    }

    /** Throws what the last call failed with if its result says that it failed. */
    static int check(int result) throws ErrnoException {
        if (result < 0) {
            throw lastError();
        }
        return result;
    }

    /** As {@link #check(int)}. */
    static long check(long result) throws ErrnoException {
        if (result < 0) {
            throw lastError();
        }
        return result;
    }

    static ErrnoException lastError() {
        return ErrnoException.of(Native.getLastError());
    }
}
