/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * TLS 1.2 with an anonymous Diffie-Hellman exchange and AES-GCM (RFC 5246, RFC 5288, groups of RFC 7919): the TLS that VNC servers
 * without a certificate offer. It keeps listeners out and proves nothing about the server.
 *
 * <p>Java's own TLS has these suites but refuses them ({@code jdk.tls.disabledAlgorithms} names {@code anon}, on 17 as on 25); the
 * constraints of one connection can only forbid more, and the property counts for the whole process, before its first use of TLS. So
 * the few messages that it takes are here, with the ciphers and digests of the platform.
 */
final class AnonymousTls {

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int FINISHED = 20;

    private static final int AES_128 = 0x00a6;
    private static final int AES_256 = 0x00a7;
    private static final int RENEGOTIATION = 0x00ff;
    private static final int EXTENDED_MASTER = 23;

    private static final int MAX_MESSAGE = 64 << 10;
    private static final int MIN_GROUP = 1024;
    private static final int MAX_GROUP = 8192;
    private static final int EXPONENT = 512;
    private static final int RANDOM = 32;
    private static final int SALT = 4;
    private static final int VERIFY = 12;

    private final TlsRecords records;
    private final SecureRandom random = new SecureRandom();
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private int suite;
    private boolean extendedMaster;
    private byte[] serverRandom = new byte[0];

    private AnonymousTls(TlsRecords records) {
        this.records = records;
    }

    /** Goes through the handshake; what is read and written after it is encrypted. */
    static ByteChannel open(RfbInput in, ByteChannel raw) throws IOException {
        TlsRecords records = new TlsRecords(in, raw);
        try {
            new AnonymousTls(records).handshake();
        } catch (BufferUnderflowException e) {
            throw new RfbException("a TLS message ends too early");
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java lacks a cipher or a digest", e);
        }
        return records;
    }

    private void handshake() throws IOException, GeneralSecurityException {
        byte[] clientRandom = new byte[RANDOM];
        random.nextBytes(clientRandom);
        send(CLIENT_HELLO, clientHello(clientRandom));
        serverHello(receive(SERVER_HELLO));
        ByteBuffer exchange = receive(SERVER_KEY_EXCHANGE);
        BigInteger p = number(exchange);
        BigInteger g = number(exchange);
        BigInteger theirs = number(exchange);
        checkGroup(p, g, theirs);
        receive(SERVER_HELLO_DONE);

        BigInteger secret = new BigInteger(Math.min(EXPONENT, p.bitLength() - 1), random).setBit(0);
        byte[] ours = unsigned(g.modPow(secret, p));
        send(
                CLIENT_KEY_EXCHANGE,
                ByteBuffer.allocate(2 + ours.length)
                        .putShort((short) ours.length)
                        .put(ours)
                        .array());
        byte[] shared = unsigned(theirs.modPow(secret, p));
        byte[] master = extendedMaster
                ? expand(shared, "extended master secret", digest(), 48)
                : expand(shared, "master secret", join(clientRandom, serverRandom), 48);
        int size = suite == AES_256 ? 32 : 16;
        ByteBuffer keys =
                ByteBuffer.wrap(expand(master, "key expansion", join(serverRandom, clientRandom), 2 * size + 2 * SALT));
        byte[] clientKey = take(keys, size);
        byte[] serverKey = take(keys, size);
        byte[] clientSalt = take(keys, SALT);
        byte[] serverSalt = take(keys, SALT);

        records.send(TlsRecords.CHANGE_CIPHER, new byte[] {1});
        records.writeWith(clientKey, clientSalt);
        send(FINISHED, expand(master, "client finished", digest(), VERIFY));

        byte[] expected = expand(master, "server finished", digest(), VERIFY);
        if (records.next() != TlsRecords.CHANGE_CIPHER || pending.size() > 0) {
            throw new RfbException("TLS without a change of ciphers");
        }
        records.readWith(serverKey, serverSalt);
        ByteBuffer finished = receive(FINISHED);
        if (!MessageDigest.isEqual(expected, take(finished, finished.remaining())) || pending.size() > 0) {
            throw new RfbException("the TLS handshake was altered on its way");
        }
        records.startData();
    }

    private static byte[] clientHello(byte[] clientRandom) {
        // Groups that the server may choose from (RFC 7919), signatures that nobody makes here but some servers want to
        // see, and a master secret bound to the handshake (RFC 7627).
        byte[] extensions = {
            0, 10, 0, 8, 0, 6, 1, 0, 1, 1, 1, 2, 0, 13, 0, 6, 0, 4, 4, 1, 5, 1, 0, EXTENDED_MASTER, 0, 0
        };
        int[] suites = {AES_256, AES_128, RENEGOTIATION};
        ByteBuffer hello = ByteBuffer.allocate(2 + RANDOM + 1 + 2 + 2 * suites.length + 2 + 2 + extensions.length);
        hello.putShort((short) 0x0303).put(clientRandom).put((byte) 0).putShort((short) (2 * suites.length));
        for (int each : suites) {
            hello.putShort((short) each);
        }
        return hello.put((byte) 1)
                .put((byte) 0)
                .putShort((short) extensions.length)
                .put(extensions)
                .array();
    }

    private void serverHello(ByteBuffer hello) throws RfbException {
        int version = hello.getShort() & 0xffff;
        serverRandom = take(hello, RANDOM);
        take(hello, hello.get() & 0xff);
        suite = hello.getShort() & 0xffff;
        int compression = hello.get();
        if (version != 0x0303 || compression != 0 || suite != AES_128 && suite != AES_256) {
            throw new RfbException("the server chose TLS " + Integer.toHexString(version) + " with suite "
                    + Integer.toHexString(suite) + ", which was not offered");
        }
        if (hello.remaining() >= 2) {
            hello.getShort();
            while (hello.hasRemaining()) {
                int extension = hello.getShort() & 0xffff;
                take(hello, hello.getShort() & 0xffff);
                extendedMaster |= extension == EXTENDED_MASTER;
            }
        }
    }

    private static void checkGroup(BigInteger p, BigInteger g, BigInteger theirs) throws RfbException {
        BigInteger last = p.subtract(BigInteger.ONE);
        boolean good = p.bitLength() >= MIN_GROUP
                && p.bitLength() <= MAX_GROUP
                && p.testBit(0)
                && g.compareTo(BigInteger.ONE) > 0
                && g.compareTo(last) < 0
                && theirs.compareTo(BigInteger.ONE) > 0
                && theirs.compareTo(last) < 0;
        if (!good) {
            throw new RfbException("a Diffie-Hellman group of " + p.bitLength() + " bits that protects nothing");
        }
    }

    private void send(int type, byte[] body) throws IOException {
        byte[] message = ByteBuffer.allocate(4 + body.length)
                .putInt(type << 24 | body.length)
                .put(body)
                .array();
        transcript.writeBytes(message);
        records.send(TlsRecords.HANDSHAKE, message);
    }

    /** The body of the next message, which has to be of this type. */
    private ByteBuffer receive(int wanted) throws IOException {
        while (true) {
            byte[] bytes = pending.toByteArray();
            int length = bytes.length < 4 ? 0 : ByteBuffer.wrap(bytes).getInt() & 0xffffff;
            if (length > MAX_MESSAGE) {
                throw new RfbException("a TLS message of " + length + " bytes");
            }
            if (bytes.length >= 4 + length && bytes.length >= 4) {
                if (bytes[0] != wanted) {
                    throw new RfbException("TLS message " + bytes[0] + " where " + wanted + " belongs");
                }
                transcript.write(bytes, 0, 4 + length);
                pending.reset();
                pending.write(bytes, 4 + length, bytes.length - 4 - length);
                return ByteBuffer.wrap(bytes, 4, length).slice();
            }
            int type = records.next();
            if (type == TlsRecords.ALERT) {
                if (records.ended()) {
                    throw new RfbException("the server ended TLS before it began");
                }
            } else if (type != TlsRecords.HANDSHAKE || records.payload().length == 0) {
                throw new RfbException("a TLS record of type " + type + " in the handshake");
            } else {
                pending.writeBytes(records.payload());
            }
        }
    }

    private static BigInteger number(ByteBuffer from) {
        return new BigInteger(1, take(from, from.getShort() & 0xffff));
    }

    private static byte[] take(ByteBuffer from, int count) {
        if (count > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    /** Big-endian without leading zeros, as TLS wants its secrets. */
    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private byte[] digest() throws GeneralSecurityException {
        return MessageDigest.getInstance(suite == AES_256 ? "SHA-384" : "SHA-256")
                .digest(transcript.toByteArray());
    }

    /** The pseudo-random function (RFC 5246, 5). */
    private byte[] expand(byte[] secret, String label, byte[] seed, int count) throws GeneralSecurityException {
        String algorithm = suite == AES_256 ? "HmacSHA384" : "HmacSHA256";
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        byte[] labelled = join(label.getBytes(StandardCharsets.US_ASCII), seed);
        byte[] out = new byte[0];
        byte[] a = labelled;
        while (out.length < count) {
            a = mac.doFinal(a);
            out = join(out, mac.doFinal(join(a, labelled)));
        }
        return Arrays.copyOf(out, count);
    }
}
