/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.AttributeChange;
import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import dev.berth.plugin.share.ninep.internal.volume.OpenFolder;
import dev.berth.plugin.share.ninep.internal.volume.Owner;
import dev.berth.plugin.share.ninep.internal.volume.Space;
import java.nio.ByteBuffer;

/** The messages about one file: its content, its entries, what is known about it. */
final class FileOperations {

    /** What getattr tells: the basic fields and the time of birth. */
    private static final long KNOWN = 0x7ffL | 0x800L;
    /** V9FS_MAGIC, by which clients know the file system. */
    private static final int MAGIC = 0x01021997;

    private static final int ENTRY = 24;

    private final Export export;
    private final FidTable fids;

    FileOperations(Export export, FidTable fids) {
        this.export = export;
        this.fids = fids;
    }

    void getAttributes(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        long mask = in.u64();
        in.end();
        Attributes a = Session.scratchAttributes();
        Fid fid = fids.acquire(number);
        try {
            fid.node.attributes(a);
        } finally {
            fids.release(fid);
        }
        out.u64(mask & KNOWN);
        out.qid(a);
        out.u32(a.mode);
        out.u32(a.uid);
        out.u32(a.gid);
        out.u64(a.links);
        out.u64(a.device);
        out.u64(a.size);
        out.u64(a.blockSize);
        out.u64(a.blocks);
        out.u64(a.accessSeconds);
        out.u64(a.accessNanos);
        out.u64(a.modifiedSeconds);
        out.u64(a.modifiedNanos);
        out.u64(a.changedSeconds);
        out.u64(a.changedNanos);
        out.u64(a.bornSeconds);
        out.u64(a.bornNanos);
        out.u64(0);
        out.u64(0);
    }

    void setAttributes(MessageReader in) throws ErrnoException {
        int number = in.u32();
        int valid = in.u32();
        int mode = in.u32();
        int uid = in.u32();
        int gid = in.u32();
        AttributeChange change =
                new AttributeChange(valid, mode, uid, gid, in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
        in.end();
        Fid fid = fids.acquire(number);
        try {
            fid.node.change(change, fid.file);
        } finally {
            fids.release(fid);
        }
    }

    void open(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        int flags = in.u32();
        in.end();
        if (export.readOnly() && FileMode.writes(flags)) {
            throw ErrnoException.of(Errno.EROFS);
        }
        Fid fid = fids.acquire(number);
        try {
            synchronized (fid) {
                if (fid.isOpen()) {
                    throw ErrnoException.of(Errno.EBADF);
                }
                if (fid.node.type() != FileMode.FOLDER) {
                    if ((flags & FileMode.MUST_BE_FOLDER) != 0) {
                        throw ErrnoException.of(Errno.ENOTDIR);
                    }
                    fid.file = fid.node.open(flags);
                } else if (FileMode.writes(flags)) {
                    throw ErrnoException.of(Errno.EISDIR);
                } else {
                    fid.folder = fid.node.openFolder();
                }
            }
            out.qid(Attributes.qidType(fid.node.type()), fid.node.path());
            out.u32(0);
        } finally {
            fids.release(fid);
        }
    }

    void create(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        byte[] name = in.string();
        int flags = in.u32();
        int mode = in.u32();
        int gid = in.u32();
        in.end();
        Fid fid = fids.acquire(number);
        try {
            if (fid.isOpen()) {
                throw ErrnoException.of(Errno.EBADF);
            }
            Node.Created created = fid.node.create(name, flags, mode, new Owner(fid.uid, gid));
            Fid opened = new Fid(created.node(), fid.uid);
            opened.file = created.file();
            // Before others can give it up.
            out.qid(0, created.node().path());
            out.u32(0);
            fids.replace(number, fid, opened);
        } finally {
            fids.release(fid);
        }
    }

    void read(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        long offset = in.u64();
        int count = in.u32();
        in.end();
        Fid fid = fids.acquire(number);
        try {
            OpenFile file = fid.file;
            byte[] value = fid.attributeValue;
            if (file != null) {
                int length = beginData(out, count);
                file.read(offset, out.window(length));
                endData(out);
            } else if (value != null) {
                int length = beginData(out, count);
                if (offset < 0) {
                    throw ErrnoException.of(Errno.EINVAL);
                }
                int from = (int) Math.min(offset, value.length);
                out.bytes(value, from, Math.min(length, value.length - from));
                endData(out);
            } else {
                throw ErrnoException.of(fid.folder != null ? Errno.EISDIR : Errno.EBADF);
            }
        } finally {
            fids.release(fid);
        }
    }

    /** As {@link #read}; false if it would have to wait. */
    boolean readCached(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        long offset = in.u64();
        int count = in.u32();
        in.end();
        Fid fid = fids.acquire(number);
        try {
            OpenFile file = fid.file;
            if (file == null) {
                return false;
            }
            int length = beginData(out, count);
            if (file.readCached(offset, out.window(length)) < 0) {
                return false;
            }
            endData(out);
            return true;
        } finally {
            fids.release(fid);
        }
    }

    /** Leaves room for the count, and says how many bytes may follow it. */
    private static int beginData(ReplyWriter out, int count) throws ErrnoException {
        out.u32(0);
        return count < 0 ? out.room() : Math.min(count, out.room());
    }

    private static void endData(ReplyWriter out) {
        out.closeWindow();
        int counted = out.start() + MessageType.HEADER;
        out.u32At(counted, out.position() - counted - 4);
    }

    void write(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        long offset = in.u64();
        ByteBuffer data = in.data(in.u32());
        in.end();
        Fid fid = fids.acquire(number);
        try {
            OpenFile file = fid.file;
            AttributeUpload upload = fid.upload;
            if (file != null) {
                out.u32(file.write(offset, data, fid.uid));
            } else if (upload != null) {
                out.u32(upload.write(offset, data));
            } else {
                throw ErrnoException.of(Errno.EBADF);
            }
        } finally {
            fids.release(fid);
        }
    }

    /** Whether writes through this fid wait for the disk. */
    boolean isSlow(int number) {
        try {
            Fid fid = fids.acquire(number);
            try {
                OpenFile file = fid.file;
                return file != null && file.slow();
            } finally {
                fids.release(fid);
            }
        } catch (ErrnoException e) {
            return false;
        }
    }

    void list(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        long cookie = in.u64();
        int count = in.u32();
        in.end();
        Fid fid = fids.acquire(number);
        try {
            OpenFolder folder = fid.folder;
            if (folder == null) {
                throw ErrnoException.of(fid.isOpen() ? Errno.ENOTDIR : Errno.EBADF);
            }
            int budget = beginData(out, count);
            int end = out.position() + budget;
            int begin = out.position();
            folder.list(cookie, budget, (path, type, next, name, at, length) -> {
                if (ENTRY + length > end - out.position()) {
                    return false;
                }
                try {
                    out.qid(type == 4 ? 0x80 : type == 10 ? 0x02 : 0, path);
                    out.u64(next);
                    out.u8(type);
                    out.u16(length);
                    out.bytes(name, at, length);
                } catch (ErrnoException e) {
                    throw new IllegalStateException("room was counted", e);
                }
                return true;
            });
            if (out.position() == begin && budget < ENTRY + 255) {
                requireEnd(folder, cookie);
            }
            endData(out);
        } finally {
            fids.release(fid);
        }
    }

    /** No entry fits: that must not look like the end of the folder. */
    private static void requireEnd(OpenFolder folder, long cookie) throws ErrnoException {
        boolean[] more = new boolean[1];
        folder.list(cookie, 512, (path, type, next, name, at, length) -> {
            more[0] = true;
            return false;
        });
        if (more[0]) {
            throw ErrnoException.of(Errno.EINVAL);
        }
    }

    void sync(MessageReader in) throws ErrnoException {
        int number = in.u32();
        boolean dataOnly = in.u32() != 0;
        in.end();
        Fid fid = fids.acquire(number);
        try {
            OpenFile file = fid.file;
            OpenFolder folder = fid.folder;
            if (file != null) {
                file.sync(dataOnly);
            } else if (folder != null) {
                folder.sync();
            } else {
                fid.node.sync();
            }
        } finally {
            fids.release(fid);
        }
    }

    void space(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        in.end();
        Space space;
        Fid fid = fids.acquire(number);
        try {
            space = fid.node.space();
        } finally {
            fids.release(fid);
        }
        out.u32(MAGIC);
        out.u32((int) space.blockSize());
        out.u64(space.blocks());
        out.u64(space.free());
        out.u64(space.available());
        out.u64(space.files());
        out.u64(space.freeFiles());
        out.u64(space.id());
        out.u32(space.nameLength());
    }
}
