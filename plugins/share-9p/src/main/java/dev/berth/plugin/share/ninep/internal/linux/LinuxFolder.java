/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.OpenFolder;
import java.nio.ByteBuffer;

/** A folder by a descriptor. Cookies are the file system's own, so they stay good while others change the folder. */
final class LinuxFolder implements OpenFolder {

    private static final int NAME = 19;

    private final LinuxNode node;
    private final boolean isRoot;
    private final int fd;
    /** Where the descriptor stands. Guarded by this, as is the descriptor's position. */
    private long position;

    LinuxFolder(LinuxNode node, boolean isRoot, int fd) {
        this.node = node;
        this.isRoot = isRoot;
        this.fd = fd;
    }

    @Override
    public synchronized void list(long cookie, int budget, Sink sink) throws ErrnoException {
        if (cookie < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        Scratch scratch = Scratch.get();
        if (cookie != position) {
            Scratch.check(Libc.lseek64(fd, cookie, 0));
            position = cookie;
        }
        // An entry is at most 7/6 as long on the wire as it is here, so all of a batch fits and none is read twice.
        int batch = Math.max(512, Math.min(Scratch.BULK_SIZE, (int) (budget * 6L / 7)));
        int length = (int) Scratch.check(Libc.getdents64(fd, scratch.address(Scratch.BULK), batch));
        ByteBuffer memory = scratch.memory;
        for (int at = Scratch.BULK; at < Scratch.BULK + length; ) {
            long file = memory.getLong(at);
            long next = memory.getLong(at + 8);
            int size = Short.toUnsignedInt(memory.getShort(at + 16));
            int type = Byte.toUnsignedInt(memory.get(at + 18));
            int nameLength = 0;
            while (memory.get(at + NAME + nameLength) != 0) {
                nameLength++;
            }
            long path = isRoot && isDotDot(memory, at, nameLength)
                    ? node.path()
                    : node.volume().path(node.key().device(), file);
            if (!sink.entry(path, type, next, memory, at + NAME, nameLength)) {
                Scratch.check(Libc.lseek64(fd, position, 0));
                return;
            }
            position = next;
            at += size;
        }
    }

    private static boolean isDotDot(ByteBuffer memory, int at, int length) {
        return length == 2 && memory.get(at + NAME) == '.' && memory.get(at + NAME + 1) == '.';
    }

    @Override
    public void sync() throws ErrnoException {
        Scratch.check(Libc.fsync(fd));
    }

    @Override
    public void close() {
        Libc.close(fd);
        node.volume().uncountOpen();
    }
}
