/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;

/** The value of an extended attribute on its way in: announced, written in parts, set when the fid is given up. */
final class AttributeUpload {

    /** Linux' XATTR_SIZE_MAX. */
    static final int LIMIT = 0x10000;

    final byte[] name;
    final int flags;
    private final byte[] value;
    private int filled;

    AttributeUpload(byte[] name, int size, int flags) {
        this.name = name;
        this.value = new byte[size];
        this.flags = flags;
    }

    synchronized int write(long offset, ByteBuffer data) throws ErrnoException {
        if (offset < 0 || offset > value.length || data.remaining() > value.length - offset) {
            throw ErrnoException.of(Errno.ENOSPC);
        }
        int length = data.remaining();
        data.get(value, (int) offset, length);
        filled += length;
        return length;
    }

    /** The value, which must have been written whole. */
    synchronized byte[] value() throws ErrnoException {
        if (filled != value.length) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        return value.clone();
    }
}
