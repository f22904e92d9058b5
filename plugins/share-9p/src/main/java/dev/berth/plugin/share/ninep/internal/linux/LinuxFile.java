/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import java.nio.ByteBuffer;

/** A regular file by a descriptor. The caller sees to it that nothing is in progress when it is closed. */
final class LinuxFile implements OpenFile {

    private static final int KEPT =
            FileMode.ACCESS | FileMode.TRUNCATE | FileMode.APPEND | FileMode.DATA_SYNC | FileMode.FULL_SYNC;
    private static final int RWF_NOWAIT = 8;

    private final LinuxVolume volume;
    private final int fd;
    private final int flags;
    private boolean cannotAskForCached;

    LinuxFile(LinuxVolume volume, int fd, int flags) {
        this.volume = volume;
        this.fd = fd;
        this.flags = flags;
    }

    /** Flags for open(2): what changes the meaning of reads and writes is the client's, the rest is ours. */
    static int flags(int asked) {
        return (asked & KEPT) | Libc.O_CLOEXEC | Libc.O_NOCTTY | Libc.O_NONBLOCK;
    }

    boolean isWritable() {
        return (flags & FileMode.ACCESS) != 0;
    }

    @Override
    public boolean slow() {
        return (flags & FileMode.FULL_SYNC) != 0;
    }

    @Override
    public int read(long offset, ByteBuffer into) throws ErrnoException {
        if (offset < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        long total = 0;
        long address = address(into);
        int wanted = into.remaining();
        while (total < wanted) {
            long n = Libc.pread64(fd, address + total, wanted - total, offset + total);
            if (n < 0) {
                if (total > 0) {
                    break;
                }
                throw Scratch.lastError();
            }
            if (n == 0) {
                break;
            }
            total += n;
        }
        into.position(into.position() + (int) total);
        return (int) total;
    }

    @Override
    public int readCached(long offset, ByteBuffer into) throws ErrnoException {
        if (cannotAskForCached || offset < 0) {
            return -1;
        }
        Scratch scratch = Scratch.get();
        long address = address(into);
        int wanted = into.remaining();
        long total = 0;
        while (total < wanted) {
            long n = Libc.preadv2(fd, scratch.iovec(address + total, wanted - total), 1, offset + total, RWF_NOWAIT);
            if (n < 0) {
                cannotAskForCached |= Native.getLastError() != Errno.EAGAIN;
                return -1;
            }
            if (n == 0) {
                break;
            }
            total += n;
        }
        into.position(into.position() + (int) total);
        return (int) total;
    }

    @Override
    public int write(long offset, ByteBuffer from, int uid) throws ErrnoException {
        if (offset < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        boolean asUser = uid > 0 && volume.givesAway();
        if (asUser) {
            Libc.setfsuid(uid);
        }
        try {
            long total = 0;
            long address = address(from);
            int wanted = from.remaining();
            while (total < wanted) {
                long n = Libc.pwrite64(fd, address + total, wanted - total, offset + total);
                if (n < 0) {
                    if (total > 0) {
                        break;
                    }
                    throw Scratch.lastError();
                }
                if (n == 0) {
                    break;
                }
                total += n;
            }
            return (int) total;
        } finally {
            if (asUser) {
                Libc.setfsuid(0);
            }
        }
    }

    private static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer)) + buffer.position();
    }

    void resize(long size) throws ErrnoException {
        Scratch.check(Libc.ftruncate64(fd, size));
    }

    @Override
    public void sync(boolean dataOnly) throws ErrnoException {
        Scratch.check(dataOnly ? Libc.fdatasync(fd) : Libc.fsync(fd));
    }

    @Override
    public void close() {
        Libc.close(fd);
        volume.uncountOpen();
    }
}
