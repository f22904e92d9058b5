/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server sends through one buffer that decoders look into directly: {@link #require} makes bytes contiguous, then
 * {@link #array} and {@link #position()} are valid until the next call that reads. One thread at a time.
 */
public final class RfbInput {

    /** The most that can be asked for at once; longer things are read in parts. */
    public static final int MAX_REQUIRE = 8 << 20;

    private static final int BUFFER = 256 << 10;
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final @Nullable ReadableByteChannel channel;
    private byte[] buffer;
    private ByteBuffer target;
    /** The buffer as little-endian ints, at each alignment: bulk copies of pixels from any position. */
    private final IntBuffer[] words = new IntBuffer[4];

    private int position;
    private int limit;
    private volatile long received;
    private long waitedNanos;

    /** Reads from a channel that blocks. */
    public RfbInput(ReadableByteChannel channel) {
        this.channel = channel;
        this.buffer = new byte[BUFFER];
        this.target = wrap();
    }

    /** Reads what is in an array and then ends. */
    public RfbInput(byte[] bytes, int offset, int length) {
        this.channel = null;
        this.buffer = bytes;
        this.target = wrap();
        this.position = offset;
        this.limit = offset + length;
    }

    /** Starts over at the beginning of the array given to the constructor, whose content has changed. */
    public void rewind(int length) {
        if (channel != null || length > buffer.length) {
            throw new IllegalStateException("cannot start over");
        }
        position = 0;
        limit = length;
    }

    private ByteBuffer wrap() {
        ByteBuffer whole = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < words.length; i++) {
            whole.position(Math.min(i, buffer.length));
            words[i] = whole.asIntBuffer();
        }
        return whole;
    }

    /** How many bytes came from the channel so far. */
    public long received() {
        return received;
    }

    /** How long reading from the channel took so far, in nanoseconds. */
    public long waitedNanos() {
        return waitedNanos;
    }

    /** How many bytes can be had without reading. */
    public int available() {
        return limit - position;
    }

    /** The buffer; valid until the next call that reads. */
    public byte[] array() {
        return buffer;
    }

    /** Where the next byte stands in {@link #array}. */
    public int position() {
        return position;
    }

    /** Moves on to where a decoder stopped, inside what was required. */
    public void position(int newPosition) throws RfbException {
        if (newPosition < position || newPosition > limit) {
            throw new RfbException("read past the end of the message");
        }
        position = newPosition;
    }

    /** Makes the next {@code count} bytes contiguous in {@link #array}, reading as needed. */
    public void require(int count) throws IOException {
        if (limit - position < count) {
            fill(count);
        }
    }

    private void fill(int count) throws IOException {
        if (channel == null) {
            throw new EOFException("the data ends in the middle of a message");
        }
        if (count > MAX_REQUIRE) {
            throw new RfbException("a message part of " + count + " bytes");
        }
        int kept = limit - position;
        if (kept == 0) {
            position = 0;
            limit = 0;
        }
        if (buffer.length - position < count) {
            byte[] old = buffer;
            if (count > buffer.length) {
                buffer = new byte[Math.max(count, 2 * old.length)];
                target = wrap();
            }
            System.arraycopy(old, position, buffer, 0, kept);
            position = 0;
            limit = kept;
        }
        while (limit - position < count) {
            target.limit(buffer.length).position(limit);
            long start = System.nanoTime();
            int n = channel.read(target);
            if (n < 0) {
                throw new EOFException("the server closed the connection");
            }
            waitedNanos += System.nanoTime() - start;
            limit += n;
            received = received + n;
        }
    }

    /** An unsigned byte. */
    public int u8() throws IOException {
        require(1);
        return buffer[position++] & 0xff;
    }

    /** An unsigned big-endian short. */
    public int u16() throws IOException {
        require(2);
        int value = (short) SHORT_BE.get(buffer, position) & 0xffff;
        position += 2;
        return value;
    }

    /** A big-endian int. */
    public int s32() throws IOException {
        require(4);
        int value = (int) INT_BE.get(buffer, position);
        position += 4;
        return value;
    }

    /** A length that may not be above {@code max}. */
    public int length(int max, String what) throws IOException {
        int length = s32();
        if (length < 0 || length > max) {
            throw new RfbException(
                    what + " of " + Integer.toUnsignedString(length) + " bytes; at most " + max + " make sense");
        }
        return length;
    }

    /** Copies bytes out. */
    public void bytes(byte[] to, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            require(1);
            int n = Math.min(count - done, limit - position);
            System.arraycopy(buffer, position, to, offset + done, n);
            position += n;
            done += n;
        }
    }

    /** Copies bytes out, into a new array. Bound {@code count} first. */
    public byte[] bytes(int count) throws IOException {
        byte[] copy = new byte[count];
        bytes(copy, 0, count);
        return copy;
    }

    /** Copies little-endian ints out. */
    public void ints(int[] to, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            require(4);
            int n = Math.min(count - done, (limit - position) >> 2);
            words[position & 3].get(position >> 2, to, offset + done, n);
            position += n << 2;
            done += n;
        }
    }

    /** Passes over bytes. */
    public void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            require(1);
            int n = (int) Math.min(left, limit - position);
            position += n;
            left -= n;
        }
    }
}
