/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes the fields of one message apart, never beyond its end. Reused; one thread at a time. */
public final class MessageReader {

    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;
    private int end;

    /** Begins behind the header of the message that lies from {@code start} to {@code end} in a little-endian buffer. */
    public MessageReader reset(ByteBuffer message, int start, int limit) {
        bytes = message;
        at = start + MessageType.HEADER;
        end = limit;
        return this;
    }

    private int take(int length) throws ErrnoException {
        if (length < 0 || length > end - at) {
            throw ErrnoException.of(Errno.EPROTO);
        }
        int here = at;
        at += length;
        return here;
    }

    int u8() throws ErrnoException {
        return Byte.toUnsignedInt(bytes.get(take(1)));
    }

    int u16() throws ErrnoException {
        return Short.toUnsignedInt(bytes.getShort(take(2)));
    }

    /** All 32 bits; a negative number stands for a large one. */
    int u32() throws ErrnoException {
        return bytes.getInt(take(4));
    }

    long u64() throws ErrnoException {
        return bytes.getLong(take(8));
    }

    byte[] string() throws ErrnoException {
        int length = u16();
        byte[] text = new byte[length];
        bytes.get(take(length), text);
        return text;
    }

    String text() throws ErrnoException {
        return new String(string(), StandardCharsets.UTF_8);
    }

    /** The data of a write: a view of the message, valid until the message is done. */
    ByteBuffer data(int length) throws ErrnoException {
        int here = take(length);
        return bytes.duplicate().position(here).limit(here + length);
    }

    /** Ends the message: a field too many is as wrong as one too few. */
    void end() throws ErrnoException {
        if (at != end) {
            throw ErrnoException.of(Errno.EPROTO);
        }
    }
}
