/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;

/** A request of the kernel: {@code struct fuse_in_header} and what follows it. Its numbers are in the order of the guest's processor. */
final class FuseRequest {

    /** Bytes of the header. */
    static final int HEADER = 40;

    private static final int NAME_LIMIT = 4_096;

    final int opcode;
    /** What the answer must carry. */
    final long unique;

    final long node;
    final int uid;
    final int gid;
    private final ByteBuffer in;

    /** Begins to read the message that {@code in} holds; its size has been checked. */
    FuseRequest(ByteBuffer in) {
        this.in = in;
        in.getInt();
        opcode = in.getInt();
        unique = in.getLong();
        node = in.getLong();
        uid = in.getInt();
        gid = in.getInt();
        in.getInt(); // pid
        in.getInt(); // extensions, which are not asked for
    }

    int u32() throws ErrnoException {
        require(4);
        return in.getInt();
    }

    long u64() throws ErrnoException {
        require(8);
        return in.getLong();
    }

    /** Skips so many bytes. */
    void skip(int bytes) throws ErrnoException {
        require(bytes);
        in.position(in.position() + bytes);
    }

    /** A text that ends with a zero byte. */
    byte[] name() throws ErrnoException {
        int start = in.position();
        int end = start;
        while (end < in.limit() && in.get(end) != 0) {
            end++;
        }
        if (end == in.limit()) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        if (end - start > NAME_LIMIT) {
            throw ErrnoException.of(Errno.ENAMETOOLONG);
        }
        byte[] name = new byte[end - start];
        in.get(name);
        in.get();
        return name;
    }

    /** The next bytes, in the request's own buffer. */
    ByteBuffer data(int length) throws ErrnoException {
        if (length < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        require(length);
        return in.limit(in.position() + length);
    }

    private void require(int bytes) throws ErrnoException {
        if (bytes < 0 || in.remaining() < bytes) {
            throw ErrnoException.of(Errno.EINVAL);
        }
    }
}
