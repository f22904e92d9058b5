/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.AttributeChange;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import dev.berth.plugin.share.ninep.internal.volume.Space;
import org.jspecify.annotations.Nullable;

/** Changes to what is known about a file, given its O_PATH descriptor. */
final class LinuxChanges {

    private LinuxChanges() {}

    /** In the order that keeps what was asked for: giving a file away takes set-user-id bits, so the mode comes later. */
    static void apply(LinuxVolume volume, int fd, AttributeChange asked, @Nullable OpenFile open)
            throws ErrnoException {
        Scratch scratch = Scratch.get();
        AttributeChange change = volume.ownership().passThrough() ? asked : withoutOwner(volume.ownership(), asked);
        if (change.has(AttributeChange.UID | AttributeChange.GID)) {
            own(scratch, fd, change);
        }
        if (change.has(AttributeChange.MODE)) {
            // Through the magic link, as fchmod takes no O_PATH descriptor; of a symbolic link this is EOPNOTSUPP.
            Scratch.check(Libc.chmod(scratch.procPath(fd), change.mode() & 07777));
        }
        if (change.has(AttributeChange.SIZE)) {
            resize(scratch, fd, change.size(), open);
        }
        if (change.has(AttributeChange.ACCESS_TIME | AttributeChange.MODIFIED_TIME)) {
            setTimes(scratch, fd, change);
        } else if (asked.valid() == AttributeChange.CHANGE_TIME) {
            Scratch.check(Libc.fchownat(fd, scratch.empty(), -1, -1, Libc.AT_EMPTY_PATH));
        }
    }

    private static AttributeChange withoutOwner(Ownership ownership, AttributeChange change) throws ErrnoException {
        if ((change.has(AttributeChange.UID) && change.uid() != ownership.uid() && change.uid() != -1)
                || (change.has(AttributeChange.GID) && change.gid() != ownership.gid() && change.gid() != -1)) {
            throw ErrnoException.of(Errno.EPERM);
        }
        return change.without(AttributeChange.UID | AttributeChange.GID);
    }

    private static void own(Scratch scratch, int fd, AttributeChange change) throws ErrnoException {
        int uid = change.has(AttributeChange.UID) ? change.uid() : -1;
        int gid = change.has(AttributeChange.GID) ? change.gid() : -1;
        Scratch.check(Libc.fchownat(fd, scratch.empty(), uid, gid, Libc.AT_EMPTY_PATH));
    }

    private static void resize(Scratch scratch, int fd, long size, @Nullable OpenFile open) throws ErrnoException {
        if (size < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        if (open instanceof LinuxFile file && file.isWritable()) {
            file.resize(size);
        } else {
            Scratch.check(Libc.truncate64(scratch.procPath(fd), size));
        }
    }

    private static void setTimes(Scratch scratch, int fd, AttributeChange change) throws ErrnoException {
        long accessNanos =
                nanos(change, AttributeChange.ACCESS_TIME, AttributeChange.ACCESS_TIME_GIVEN, change.accessNanos());
        long modifiedNanos = nanos(
                change, AttributeChange.MODIFIED_TIME, AttributeChange.MODIFIED_TIME_GIVEN, change.modifiedNanos());
        long times = scratch.times(change.accessSeconds(), accessNanos, change.modifiedSeconds(), modifiedNanos);
        if (Libc.utimensat(fd, scratch.empty(), times, Libc.AT_EMPTY_PATH) < 0) {
            ErrnoException failure = Scratch.lastError();
            if (failure.errno() != Errno.EINVAL) {
                throw failure;
            }
            // Linux before 5.8 takes no empty path here.
            Scratch.check(Libc.utimensat(Libc.AT_FDCWD, scratch.procPath(fd), times, 0));
        }
    }

    private static long nanos(AttributeChange change, int field, int given, long nanos) throws ErrnoException {
        if (!change.has(field)) {
            return Libc.UTIME_OMIT;
        }
        if (!change.has(given)) {
            return Libc.UTIME_NOW;
        }
        if (nanos < 0 || nanos > 999_999_999) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        return nanos;
    }

    /** Reads struct statfs as of 64-bit Linux. */
    static Space space(Scratch scratch, int fd) throws ErrnoException {
        Scratch.check(Libc.fstatfs(fd, scratch.address(Scratch.RESULT)));
        int at = Scratch.RESULT;
        return new Space(
                scratch.memory.getLong(at + 8),
                scratch.memory.getLong(at + 16),
                scratch.memory.getLong(at + 24),
                scratch.memory.getLong(at + 32),
                scratch.memory.getLong(at + 40),
                scratch.memory.getLong(at + 48),
                scratch.memory.getLong(at + 56),
                (int) scratch.memory.getLong(at + 64));
    }
}
