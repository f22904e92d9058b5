/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;

/** An answer: {@code struct fuse_out_header} and what follows it. */
final class FuseReply {

    /** Bytes of the header. */
    static final int HEADER = 16;

    /** How long the guest believes what it was told, in seconds; the host may change files too. */
    private static final long VALID = 1;

    private static final int BLOCK = 512;

    final ByteBuffer out;

    /** Begins an answer at the beginning of a cleared buffer. */
    FuseReply(ByteBuffer out) {
        this.out = out;
        out.position(HEADER);
    }

    /** Ends an answer; {@code errno} is 0 where it worked. Leaves the buffer ready to be sent. */
    void finish(long unique, int errno) {
        if (errno != 0) {
            out.position(HEADER);
        }
        out.putInt(0, out.position());
        out.putInt(4, -errno);
        out.putLong(8, unique);
        out.flip();
    }

    /** How many of the bytes that the kernel would take fit. */
    int room(int wanted) {
        return Math.min(Math.max(0, wanted), out.remaining());
    }

    void bytes(byte[] value) throws ErrnoException {
        if (value.length > out.remaining()) {
            throw ErrnoException.of(Errno.ERANGE);
        }
        out.put(value);
    }

    /** {@code struct fuse_entry_out}. */
    void entry(long id, Attributes a) {
        out.putLong(id).putLong(0).putLong(VALID).putLong(VALID).putInt(0).putInt(0);
        attributes(a);
    }

    /** {@code struct fuse_attr_out}. */
    void validAttributes(Attributes a) {
        out.putLong(VALID).putInt(0).putInt(0);
        attributes(a);
    }

    /** {@code struct fuse_attr}. Devices are not told: nobody could open them. */
    private void attributes(Attributes a) {
        out.putLong(a.path).putLong(a.size).putLong(a.blocks);
        out.putLong(a.accessSeconds).putLong(a.modifiedSeconds).putLong(a.changedSeconds);
        out.putInt((int) a.accessNanos).putInt((int) a.modifiedNanos).putInt((int) a.changedNanos);
        out.putInt(a.mode).putInt((int) Math.min(a.links, Integer.MAX_VALUE));
        out.putInt(a.uid).putInt(a.gid).putInt(0);
        out.putInt((int) Math.max(BLOCK, Math.min(a.blockSize, 1 << 20))).putInt(0);
    }

    /** {@code struct fuse_open_out}. */
    void opened(long handle) {
        out.putLong(handle).putInt(0).putInt(0);
    }
}
