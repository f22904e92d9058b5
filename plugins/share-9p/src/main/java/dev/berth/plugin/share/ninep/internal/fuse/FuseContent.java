/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.volume.AttributeChange;
import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import dev.berth.plugin.share.ninep.internal.volume.Space;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The requests about one file: its content, its entries, what is known about it. */
final class FuseContent {

    /** Of the {@code valid} bits of SETATTR. */
    private static final int HANDLE_GIVEN = 0x40;

    private static final int ACCESS_NOW = 0x80;
    private static final int MODIFIED_NOW = 0x100;
    private static final int ENTRY = 24;
    private static final int REPLACE_ONLY = 2;

    private final boolean readOnly;
    private final FuseNodes nodes;
    private final FuseHandles handles;

    FuseContent(boolean readOnly, FuseNodes nodes, FuseHandles handles) {
        this.readOnly = readOnly;
        this.nodes = nodes;
        this.handles = handles;
    }

    void attributes(FuseRequest in, FuseReply out) throws ErrnoException {
        Attributes a = new Attributes();
        nodes.use(in.node, node -> node.attributes(a));
        out.validAttributes(a);
    }

    void change(FuseRequest in, FuseReply out) throws ErrnoException {
        int valid = in.u32();
        in.u32();
        long handle = in.u64();
        long size = in.u64();
        in.u64(); // lock owner
        long accessSeconds = in.u64();
        long modifiedSeconds = in.u64();
        in.u64(); // The time of the change is the host's.
        int accessNanos = in.u32();
        int modifiedNanos = in.u32();
        in.u32();
        int mode = in.u32();
        in.u32();
        AttributeChange change = new AttributeChange(
                wanted(valid),
                mode,
                in.u32(),
                in.u32(),
                size,
                accessSeconds,
                Integer.toUnsignedLong(accessNanos),
                modifiedSeconds,
                Integer.toUnsignedLong(modifiedNanos));
        Attributes a = new Attributes();
        FuseHandles.@Nullable Handle open = (valid & HANDLE_GIVEN) != 0 ? handles.acquire(handle) : null;
        try {
            nodes.use(in.node, node -> {
                node.change(change, open == null ? null : open.file);
                node.attributes(a);
            });
        } finally {
            if (open != null) {
                handles.release(open);
            }
        }
        out.validAttributes(a);
    }

    /** The first six bits mean the same; a time is the given one here unless it is to be now. */
    private static int wanted(int valid) {
        int same = AttributeChange.MODE
                | AttributeChange.UID
                | AttributeChange.GID
                | AttributeChange.SIZE
                | AttributeChange.ACCESS_TIME
                | AttributeChange.MODIFIED_TIME;
        int wanted = valid & same;
        if ((valid & ACCESS_NOW) == 0 && (valid & AttributeChange.ACCESS_TIME) != 0) {
            wanted |= AttributeChange.ACCESS_TIME_GIVEN;
        }
        if ((valid & MODIFIED_NOW) == 0 && (valid & AttributeChange.MODIFIED_TIME) != 0) {
            wanted |= AttributeChange.MODIFIED_TIME_GIVEN;
        }
        return wanted;
    }

    void open(FuseRequest in, FuseReply out) throws ErrnoException {
        int flags = in.u32();
        if (readOnly && FileMode.writes(flags)) {
            throw ErrnoException.of(Errno.EROFS);
        }
        nodes.use(in.node, node -> out.opened(handles.add(node.open(flags))));
    }

    void openFolder(FuseRequest in, FuseReply out) throws ErrnoException {
        nodes.use(in.node, node -> out.opened(handles.add(node.openFolder())));
    }

    void close(FuseRequest in) throws ErrnoException {
        handles.close(in.u64());
    }

    void read(FuseRequest in, FuseReply out) throws ErrnoException {
        FuseHandles.Handle handle = handles.acquire(in.u64());
        try {
            long offset = in.u64();
            int length = out.room(in.u32());
            ByteBuffer window = out.out;
            int limit = window.limit();
            window.limit(window.position() + length);
            try {
                handle.file().read(offset, window);
            } finally {
                window.limit(limit);
            }
        } finally {
            handles.release(handle);
        }
    }

    void write(FuseRequest in, FuseReply out) throws ErrnoException {
        FuseHandles.Handle handle = handles.acquire(in.u64());
        try {
            long offset = in.u64();
            int length = in.u32();
            in.skip(20); // Flags of the write and of the file, lock owner.
            // The kernel takes set-user-id bits away itself.
            out.out.putInt(handle.file().write(offset, in.data(length), -1)).putInt(0);
        } finally {
            handles.release(handle);
        }
    }

    void list(FuseRequest in, FuseReply out) throws ErrnoException {
        FuseHandles.Handle handle = handles.acquire(in.u64());
        try {
            long cookie = in.u64();
            int budget = out.room(in.u32());
            int end = out.out.position() + budget;
            handle.folder().list(cookie, budget, (path, type, next, name, at, length) -> {
                int padded = (ENTRY + length + 7) & ~7;
                if (padded > end - out.out.position()) {
                    return false;
                }
                int after = out.out.position() + padded;
                out.out.putLong(path).putLong(next).putInt(length).putInt(type);
                out.out.put(out.out.position(), name, at, length);
                for (int i = out.out.position() + length; i < after; i++) {
                    out.out.put(i, (byte) 0);
                }
                out.out.position(after);
                return true;
            });
        } finally {
            handles.release(handle);
        }
    }

    void sync(FuseRequest in) throws ErrnoException {
        FuseHandles.Handle handle = handles.acquire(in.u64());
        try {
            boolean dataOnly = (in.u32() & 1) != 0;
            OpenFile file = handle.file;
            if (file != null) {
                file.sync(dataOnly);
            } else {
                handle.folder().sync();
            }
        } finally {
            handles.release(handle);
        }
    }

    void space(FuseRequest in, FuseReply out) throws ErrnoException {
        nodes.use(in.node, node -> space(node.space(), out));
    }

    private static void space(Space space, FuseReply out) {
        ByteBuffer to = out.out;
        to.putLong(space.blocks()).putLong(space.free()).putLong(space.available());
        to.putLong(space.files()).putLong(space.freeFiles());
        to.putInt((int) space.blockSize()).putInt(space.nameLength()).putInt((int) space.blockSize());
        to.putInt(0).putLong(0).putLong(0).putLong(0);
    }

    void attribute(FuseRequest in, FuseReply out) throws ErrnoException {
        int room = in.u32();
        in.u32();
        byte[] name = in.name();
        nodes.use(in.node, node -> value(node.attribute(name), room, out));
    }

    void attributeNames(FuseRequest in, FuseReply out) throws ErrnoException {
        int room = in.u32();
        nodes.use(in.node, node -> value(node.attributeNames(), room, out));
    }

    /** Without room for it, only the size is wanted. */
    private static void value(byte[] value, int room, FuseReply out) throws ErrnoException {
        if (room == 0) {
            out.out.putInt(value.length).putInt(0);
        } else if (value.length > room) {
            throw ErrnoException.of(Errno.ERANGE);
        } else {
            out.bytes(value);
        }
    }

    void setAttribute(FuseRequest in) throws ErrnoException {
        int size = in.u32();
        int flags = in.u32();
        byte[] name = in.name();
        ByteBuffer data = in.data(size);
        byte[] value = new byte[size];
        data.get(value);
        nodes.use(in.node, node -> {
            if (size == 0 && flags == REPLACE_ONLY) {
                // That would remove it. Throws if there is none.
                node.attribute(name);
                node.setAttribute(name, value, 0);
            } else {
                node.setAttribute(name, value, flags);
            }
        });
    }

    void removeAttribute(FuseRequest in) throws ErrnoException {
        byte[] name = in.name();
        nodes.use(in.node, node -> node.setAttribute(name, new byte[0], REPLACE_ONLY));
    }
}
