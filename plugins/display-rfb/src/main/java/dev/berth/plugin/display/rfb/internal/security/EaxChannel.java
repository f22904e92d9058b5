/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.security.GeneralSecurityException;

/**
 * The messages of RSA-AES: a length of two bytes, as much text, a tag; the nonce counts messages (RFB community specification, "RSA-AES
 * Security Type"). One thread reads while another writes.
 */
final class EaxChannel implements ByteChannel {

    private static final int MAX_WRITE = 8 << 10;

    /** One direction: its key, and which message comes next. */
    private static final class Direction {
        private final Eax eax;
        private final byte[] nonce = new byte[16];
        private final byte[] header = new byte[2];

        Direction(byte[] key) throws GeneralSecurityException {
            eax = new Eax(key);
        }

        void length(int length) {
            header[0] = (byte) (length >> 8);
            header[1] = (byte) length;
        }

        /** Little endian, all 16 bytes. */
        void count() {
            for (int i = 0; i < nonce.length && ++nonce[i] == 0; i++) {
                // The carry goes on.
            }
        }
    }

    private final RfbInput in;
    private final ByteChannel raw;
    private final Direction reading;
    private final Direction writing;
    private final Object writeLock = new Object();
    private final byte[] message = new byte[2 + MAX_WRITE + Eax.TAG];
    private final byte[] text = new byte[0xffff];
    private final byte[] tag = new byte[Eax.TAG];
    private int position;
    private int limit;

    /** Over a channel, whose reading side is {@code in}. */
    EaxChannel(RfbInput in, ByteChannel raw, byte[] readKey, byte[] writeKey) throws GeneralSecurityException {
        this.in = in;
        this.raw = raw;
        this.reading = new Direction(readKey);
        this.writing = new Direction(writeKey);
    }

    /** What of the last message has not been read. */
    int available() {
        return limit - position;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (!to.hasRemaining()) {
            return 0;
        }
        while (position == limit) {
            int length = in.u16();
            in.bytes(text, 0, length);
            in.bytes(tag, 0, tag.length);
            reading.length(length);
            try {
                if (!reading.eax.open(reading.nonce, reading.header, text, 0, length, tag)) {
                    throw new RfbException("an encrypted message was altered on its way");
                }
            } catch (GeneralSecurityException e) {
                throw new IOException("this Java cannot decrypt", e);
            }
            reading.count();
            position = 0;
            limit = length;
        }
        int count = Math.min(to.remaining(), limit - position);
        to.put(text, position, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = from.remaining();
        synchronized (writeLock) {
            while (from.hasRemaining()) {
                int length = Math.min(from.remaining(), MAX_WRITE);
                writing.length(length);
                message[0] = writing.header[0];
                message[1] = writing.header[1];
                from.get(message, 2, length);
                try {
                    byte[] sealed = writing.eax.seal(writing.nonce, writing.header, message, 2, length);
                    System.arraycopy(sealed, 0, message, 2 + length, sealed.length);
                } catch (GeneralSecurityException e) {
                    throw new IOException("this Java cannot encrypt", e);
                }
                writing.count();
                ByteBuffer out = ByteBuffer.wrap(message, 0, 2 + length + Eax.TAG);
                while (out.hasRemaining()) {
                    raw.write(out);
                }
            }
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return raw.isOpen();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
