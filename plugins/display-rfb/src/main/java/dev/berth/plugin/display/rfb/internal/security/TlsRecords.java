/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The record layer of TLS 1.2 with AES-GCM (RFC 5246, 6.2; RFC 5288, 3). One thread reads while another writes. */
final class TlsRecords implements ByteChannel {

    static final int CHANGE_CIPHER = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int DATA = 23;

    private static final int VERSION = 0x0303;
    private static final int MAX_PLAIN = 1 << 14;
    private static final int EXPLICIT = 8;
    private static final int TAG = 16;
    private static final byte HELLO_REQUEST = 0;

    /** The keys of one direction, and how many records went there. */
    private static final class Direction {
        private final SecretKey key;
        private final byte[] nonce;
        private final Cipher cipher;
        private long sequence;

        Direction(byte[] key, byte[] salt) throws GeneralSecurityException {
            this.key = new SecretKeySpec(key, "AES");
            this.nonce = Arrays.copyOf(salt, salt.length + EXPLICIT);
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        }

        /** What is authenticated besides the text itself. */
        private ByteBuffer start(int mode, byte[] explicit, int offset, int type, int length)
                throws GeneralSecurityException {
            System.arraycopy(explicit, offset, nonce, nonce.length - EXPLICIT, EXPLICIT);
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
            return ByteBuffer.allocate(13)
                    .putLong(sequence++)
                    .put((byte) type)
                    .putShort((short) VERSION)
                    .putShort((short) length)
                    .flip();
        }
    }

    private final RfbInput in;
    private final ByteChannel raw;
    private final Object writeLock = new Object();
    private final byte[] record = new byte[5 + EXPLICIT + MAX_PLAIN + TAG];
    private @Nullable Direction reading;
    private @Nullable Direction writing;
    private byte[] payload = new byte[0];
    private int taken;
    private boolean ended;

    /** Over a channel, whose reading side is {@code in}. */
    TlsRecords(RfbInput in, ByteChannel raw) {
        this.in = in;
        this.raw = raw;
    }

    void readWith(byte[] key, byte[] salt) throws GeneralSecurityException {
        reading = new Direction(key, salt);
    }

    void writeWith(byte[] key, byte[] salt) throws GeneralSecurityException {
        writing = new Direction(key, salt);
    }

    /** Reads one record and returns its type; see {@link #payload()}. */
    int next() throws IOException {
        int type = in.u8();
        int version = in.u16();
        int length = in.u16();
        // The first record may bear an older number (RFC 5246, E.1).
        if (version >> 8 != 3 || length > MAX_PLAIN + 2048) {
            throw new RfbException("what should be TLS is not: record type " + type + ", " + length + " bytes");
        }
        byte[] bytes = in.bytes(length);
        Direction direction = reading;
        payload = direction == null ? bytes : open(direction, type, bytes);
        taken = 0;
        if (payload.length > MAX_PLAIN) {
            throw new RfbException("a TLS record of " + payload.length + " bytes");
        }
        if (type == ALERT) {
            alert();
        }
        return type;
    }

    private static byte[] open(Direction direction, int type, byte[] bytes) throws RfbException {
        int length = bytes.length - EXPLICIT - TAG;
        if (length < 0) {
            throw new RfbException("a TLS record too short to be encrypted");
        }
        try {
            direction.cipher.updateAAD(direction.start(Cipher.DECRYPT_MODE, bytes, 0, type, length));
            return direction.cipher.doFinal(bytes, EXPLICIT, length + TAG);
        } catch (GeneralSecurityException e) {
            throw new RfbException("a TLS record was altered on its way");
        }
    }

    private void alert() throws RfbException {
        if (payload.length != 2) {
            throw new RfbException("a TLS alert of " + payload.length + " bytes");
        }
        if (payload[1] == 0) {
            ended = true;
        } else if (payload[0] == 2) {
            throw new RfbException("the server ended TLS with alert " + payload[1]
                    + (payload[1] == 40 ? ": it wants other ciphers, or a certificate" : ""));
        }
    }

    /** What the last record held. */
    byte[] payload() {
        return payload;
    }

    /** The handshake is over: what comes now is for {@link #read}. */
    void startData() {
        payload = new byte[0];
        taken = 0;
    }

    /** Whether the server has said good-bye. */
    boolean ended() {
        return ended;
    }

    /** Sends one record or more. */
    void send(int type, byte[] bytes) throws IOException {
        send(type, ByteBuffer.wrap(bytes));
    }

    private void send(int type, ByteBuffer source) throws IOException {
        synchronized (writeLock) {
            while (source.hasRemaining()) {
                int length = Math.min(source.remaining(), MAX_PLAIN);
                ByteBuffer out = ByteBuffer.wrap(record);
                out.put((byte) type).putShort((short) VERSION);
                Direction direction = writing;
                ByteBuffer part = source.slice(source.position(), length);
                if (direction == null) {
                    out.putShort((short) length).put(part);
                } else {
                    out.putShort((short) (EXPLICIT + length + TAG)).putLong(direction.sequence);
                    seal(direction, type, part, out);
                }
                source.position(source.position() + length);
                out.flip();
                while (out.hasRemaining()) {
                    raw.write(out);
                }
            }
        }
    }

    private static void seal(Direction direction, int type, ByteBuffer part, ByteBuffer out) throws IOException {
        try {
            int explicit = out.position() - EXPLICIT;
            direction.cipher.updateAAD(
                    direction.start(Cipher.ENCRYPT_MODE, out.array(), explicit, type, part.remaining()));
            direction.cipher.doFinal(part, out);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java cannot encrypt", e);
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (!to.hasRemaining()) {
            return 0;
        }
        while (taken == payload.length) {
            if (ended) {
                return -1;
            }
            int type = next();
            if (type == HANDSHAKE && payload.length == 4 && payload[0] == HELLO_REQUEST) {
                // The server would like to begin anew; a client may ignore that (RFC 5246, 7.4.1.1).
                taken = payload.length;
            } else if (type == ALERT) {
                taken = payload.length;
            } else if (type != DATA) {
                throw new RfbException("a TLS record of type " + type + " among data");
            }
        }
        int count = Math.min(to.remaining(), payload.length - taken);
        to.put(payload, taken, count);
        taken += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        send(DATA, source);
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
