/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;

/** Reads struct statx, which is laid out alike on every processor (linux/stat.h). */
final class Statx {

    private Statx() {}

    /** Fills the scratch memory with what is known about a descriptor, or about a name below it. */
    static void call(Scratch scratch, int fd, long path, int flags) throws ErrnoException {
        Scratch.check(Libc.statx(fd, path, flags, Libc.STATX_BASIC_STATS_AND_BTIME, scratch.address(Scratch.RESULT)));
    }

    static int mode(Scratch scratch) {
        return Short.toUnsignedInt(scratch.memory.getShort(Scratch.RESULT + 0x1c));
    }

    static long file(Scratch scratch) {
        return scratch.memory.getLong(Scratch.RESULT + 0x20);
    }

    static long device(Scratch scratch) {
        return device(scratch.memory, Scratch.RESULT + 0x88);
    }

    /** As glibc's gnu_dev_makedev. */
    private static long device(ByteBuffer b, int at) {
        long major = Integer.toUnsignedLong(b.getInt(at));
        long minor = Integer.toUnsignedLong(b.getInt(at + 4));
        return ((major & 0xfff) << 8) | ((major & ~0xfffL) << 32) | (minor & 0xff) | ((minor & ~0xffL) << 12);
    }

    static void copy(Scratch scratch, Attributes into) {
        ByteBuffer b = scratch.memory;
        int at = Scratch.RESULT;
        into.mode = mode(scratch);
        into.blockSize = Integer.toUnsignedLong(b.getInt(at + 0x04));
        into.links = Integer.toUnsignedLong(b.getInt(at + 0x10));
        into.uid = b.getInt(at + 0x14);
        into.gid = b.getInt(at + 0x18);
        into.size = b.getLong(at + 0x28);
        into.blocks = b.getLong(at + 0x30);
        into.accessSeconds = b.getLong(at + 0x40);
        into.accessNanos = Integer.toUnsignedLong(b.getInt(at + 0x48));
        into.bornSeconds = b.getLong(at + 0x50);
        into.bornNanos = Integer.toUnsignedLong(b.getInt(at + 0x58));
        into.changedSeconds = b.getLong(at + 0x60);
        into.changedNanos = Integer.toUnsignedLong(b.getInt(at + 0x68));
        into.modifiedSeconds = b.getLong(at + 0x70);
        into.modifiedNanos = Integer.toUnsignedLong(b.getInt(at + 0x78));
        into.device = device(b, at + 0x80);
    }
}
