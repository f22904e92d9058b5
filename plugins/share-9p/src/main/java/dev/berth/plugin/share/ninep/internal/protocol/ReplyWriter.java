/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;

/** Writes one reply behind what a little-endian buffer holds already. Reused; one thread at a time. */
public final class ReplyWriter {

    private ByteBuffer out = ByteBuffer.allocate(0);
    private int start;
    private int limit;

    /**
     * Begins a reply at the buffer's position.
     *
     * @param size the longest that the client takes
     */
    public ReplyWriter begin(ByteBuffer buffer, int type, int tag, int size) {
        out = buffer;
        start = buffer.position();
        limit = (int) Math.min(buffer.capacity(), (long) start + size);
        out.limit(limit);
        out.putInt(0).put((byte) type).putShort((short) tag);
        return this;
    }

    /** Ends the reply: its size is known now. */
    public void finish() {
        out.putInt(start, out.position() - start);
        out.limit(out.capacity());
    }

    /** Makes an error of it, whatever was written. */
    public void fail(int errno) {
        out.limit(out.capacity());
        out.put(start + 4, (byte) MessageType.RLERROR);
        out.position(start + MessageType.HEADER);
        out.putInt(errno);
    }

    /** Forgets the reply. */
    void cancel() {
        out.limit(out.capacity());
        out.position(start);
    }

    /** Bytes that the reply may still grow by. */
    int room() {
        return limit - out.position();
    }

    private void ensure(int length) throws ErrnoException {
        if (length > room()) {
            throw ErrnoException.of(Errno.ERANGE);
        }
    }

    void u8(int value) throws ErrnoException {
        ensure(1);
        out.put((byte) value);
    }

    void u16(int value) throws ErrnoException {
        ensure(2);
        out.putShort((short) value);
    }

    void u32(int value) throws ErrnoException {
        ensure(4);
        out.putInt(value);
    }

    void u64(long value) throws ErrnoException {
        ensure(8);
        out.putLong(value);
    }

    void string(byte[] text) throws ErrnoException {
        ensure(2 + text.length);
        out.putShort((short) text.length).put(text);
    }

    /** The version is always 0: clients that cache take a change of it for another file. */
    void qid(int type, long path) throws ErrnoException {
        ensure(13);
        out.put((byte) type).putInt(0).putLong(path);
    }

    void qid(Attributes attributes) throws ErrnoException {
        qid(attributes.qidType(), attributes.path);
    }

    /** Where the reply begins. */
    int start() {
        return start;
    }

    /** Where the next field will be. */
    int position() {
        return out.position();
    }

    /** Writes a field that was left open. */
    void u32At(int position, int value) {
        out.putInt(position, value);
    }

    /** As {@link #u32At}. */
    void u16At(int position, int value) {
        out.putShort(position, (short) value);
    }

    /** The buffer, to be filled from its position with at most so many bytes. */
    ByteBuffer window(int length) {
        out.limit(out.position() + Math.min(length, room()));
        return out;
    }

    /** The window was filled as far as the buffer's position says. */
    void closeWindow() {
        out.limit(limit);
    }

    void bytes(byte[] data, int from, int length) throws ErrnoException {
        ensure(length);
        out.put(data, from, length);
    }

    void bytes(ByteBuffer data, int from, int length) throws ErrnoException {
        ensure(length);
        out.put(out.position(), data, from, length);
        out.position(out.position() + length);
    }
}
