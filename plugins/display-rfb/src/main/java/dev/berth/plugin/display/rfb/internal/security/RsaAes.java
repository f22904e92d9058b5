/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.api.display.Credentials;
import dev.berth.api.error.DisplayException;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The RSA-AES security types, RA2 and its kin (RFB community specification): both sides have an RSA key, the server's is for a person
 * to recognise; the login, and in some of the types everything after it, goes through AES.
 */
final class RsaAes {

    private static final int MIN_KEY = 1024;
    private static final int MAX_KEY = 8192;
    /** Enough, and made in a moment; it need not be as long as the server's. */
    private static final int OUR_KEY = 2048;

    private static final int USER_AND_PASSWORD = 1;
    private static final int PASSWORD = 2;

    /** Where a login comes from. */
    interface Ask {
        Credentials.Login login(boolean needUser) throws DisplayException, InterruptedException;
    }

    private final Peer peer;
    private final ServerTrust trust;
    private final Ask ask;
    private final int keyBytes;
    private final String digest;

    /**
     * @param keyBits of AES: 128 or 256
     */
    RsaAes(Peer peer, ServerTrust trust, Ask ask, int keyBits) {
        this.peer = peer;
        this.trust = trust;
        this.ask = ask;
        this.keyBytes = keyBits / 8;
        this.digest = keyBits == 256 ? "SHA-256" : "SHA-1";
    }

    /**
     * Goes through the login.
     *
     * @param encrypted whether what follows is encrypted too
     */
    void perform(boolean encrypted) throws IOException, DisplayException, InterruptedException {
        try {
            exchange(encrypted);
        } catch (GeneralSecurityException e) {
            throw new RfbException("RSA-AES did not work out: " + e.getMessage());
        }
    }

    private void exchange(boolean encrypted)
            throws IOException, DisplayException, InterruptedException, GeneralSecurityException {
        RfbInput in = peer.in();
        int bits = in.s32();
        if (bits < MIN_KEY || bits > MAX_KEY) {
            throw new RfbException("a server key of " + Integer.toUnsignedString(bits) + " bits");
        }
        int size = (bits + 7) / 8;
        byte[] modulus = in.bytes(size);
        byte[] exponent = in.bytes(size);
        byte[] theirs = encode(bits, modulus, exponent);
        PublicKey serverKey = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(new BigInteger(1, modulus), new BigInteger(1, exponent)));
        trust.bareKey(theirs);

        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(OUR_KEY);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey ourKey = (RSAPublicKey) pair.getPublic();
        byte[] ours = encode(
                OUR_KEY, fixed(ourKey.getModulus(), OUR_KEY / 8), fixed(ourKey.getPublicExponent(), OUR_KEY / 8));
        byte[] clientRandom = new byte[keyBytes];
        new SecureRandom().nextBytes(clientRandom);
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, serverKey);
        byte[] wrapped = fixed(new BigInteger(1, rsa.doFinal(clientRandom)), size);
        peer.send(ours);
        peer.send(ByteBuffer.allocate(2 + size)
                .putShort((short) size)
                .put(wrapped)
                .array());

        int length = in.u16();
        if (length != OUR_KEY / 8) {
            throw new RfbException("a random number encrypted in " + length + " bytes");
        }
        rsa.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        byte[] serverRandom = rsa.doFinal(in.bytes(length));
        if (serverRandom.length != keyBytes) {
            throw new RfbException("a random number of " + serverRandom.length + " bytes");
        }
        EaxChannel channel = new EaxChannel(
                in,
                peer.channel(),
                Arrays.copyOf(hash(clientRandom, serverRandom), keyBytes),
                Arrays.copyOf(hash(serverRandom, clientRandom), keyBytes));

        channel.write(ByteBuffer.wrap(hash(ours, theirs)));
        byte[] expected = hash(theirs, ours);
        if (!MessageDigest.isEqual(expected, read(channel, expected.length))) {
            throw new RfbException("the keys were exchanged on their way");
        }
        int subtype = read(channel, 1)[0];
        if (subtype != USER_AND_PASSWORD && subtype != PASSWORD) {
            throw new RfbException("a login of kind " + subtype);
        }
        channel.write(ByteBuffer.wrap(credentials(subtype == USER_AND_PASSWORD)));
        String cipher = "RSA-AES, " + 8 * keyBytes + " bits";
        if (encrypted) {
            peer.goOnWith(channel, cipher);
        } else {
            if (channel.available() > 0) {
                throw new RfbException("encrypted data after the login");
            }
            peer.describe("login by " + cipher + "; not encrypted");
        }
    }

    private byte[] credentials(boolean needUser) throws DisplayException, InterruptedException {
        Credentials.Login login = ask.login(needUser);
        byte[] user = needUser ? shortened(login.user()) : new byte[0];
        byte[] password = shortened(login.password());
        return ByteBuffer.allocate(2 + user.length + password.length)
                .put((byte) user.length)
                .put(user)
                .put((byte) password.length)
                .put(password)
                .array();
    }

    private static byte[] shortened(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return utf8.length > 255 ? Arrays.copyOf(utf8, 255) : utf8;
    }

    private static byte[] read(EaxChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            channel.read(bytes);
        }
        return bytes.array();
    }

    private byte[] hash(byte[] first, byte[] second) throws GeneralSecurityException {
        MessageDigest messageDigest = MessageDigest.getInstance(digest);
        messageDigest.update(first);
        return messageDigest.digest(second);
    }

    /** A key as it stands on the wire, and in hashes. */
    private static byte[] encode(int bits, byte[] modulus, byte[] exponent) {
        return ByteBuffer.allocate(4 + modulus.length + exponent.length)
                .putInt(bits)
                .put(modulus)
                .put(exponent)
                .array();
    }

    /** Big-endian with leading zeros. */
    private static byte[] fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] out = new byte[size];
        int skip = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, skip, out, size - (bytes.length - skip), bytes.length - skip);
        return out;
    }
}
