/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import dev.berth.api.error.DisplayException;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RSA-AES with a server of our own, as no server of the distribution has it. */
@Timeout(60)
final class RsaAesTest {

    private static final int BITS = 2048;
    private static final int SIZE = BITS / 8;

    private final List<ServerKey> shown = new ArrayList<>();

    /** The server's side; returns what the client sent as its login. */
    private static String serve(SocketChannel channel, int aesBytes, int subtype, boolean lie) throws Exception {
        RfbInput in = new RfbInput(channel);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] ours = ByteBuffer.allocate(4 + 2 * SIZE)
                .putInt(BITS)
                .put(fixed(key.getModulus()))
                .put(fixed(key.getPublicExponent()))
                .array();
        channel.write(ByteBuffer.wrap(ours));
        byte[] theirs = in.bytes(4 + 2 * SIZE);
        Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.DECRYPT_MODE, pair.getPrivate());
        byte[] clientRandom = rsa.doFinal(in.bytes(in.u16()));
        byte[] serverRandom = new byte[aesBytes];
        Arrays.fill(serverRandom, (byte) 7);
        rsa.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(
                                new BigInteger(1, Arrays.copyOfRange(theirs, 4, 4 + SIZE)),
                                new BigInteger(1, Arrays.copyOfRange(theirs, 4 + SIZE, 4 + 2 * SIZE)))));
        channel.write(ByteBuffer.allocate(2 + SIZE)
                .putShort((short) SIZE)
                .put(rsa.doFinal(serverRandom))
                .flip());
        MessageDigest digest = MessageDigest.getInstance(aesBytes == 32 ? "SHA-256" : "SHA-1");
        EaxChannel eax = new EaxChannel(
                in,
                channel,
                Arrays.copyOf(hash(digest, serverRandom, clientRandom), aesBytes),
                Arrays.copyOf(hash(digest, clientRandom, serverRandom), aesBytes));
        byte[] proof = hash(digest, ours, theirs);
        proof[0] ^= (byte) (lie ? 1 : 0);
        eax.write(ByteBuffer.wrap(proof));
        RfbInput plain = new RfbInput(eax);
        assertThat(plain.bytes(digest.getDigestLength())).isEqualTo(hash(digest, theirs, ours));
        eax.write(ByteBuffer.wrap(new byte[] {(byte) subtype}));
        String user = new String(plain.bytes(plain.u8()), StandardCharsets.UTF_8);
        return user + ":" + new String(plain.bytes(plain.u8()), StandardCharsets.UTF_8);
    }

    private static byte[] hash(MessageDigest digest, byte[] first, byte[] second) {
        digest.update(first);
        return digest.digest(second);
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] out = new byte[SIZE];
        int count = Math.min(bytes.length, SIZE);
        System.arraycopy(bytes, bytes.length - count, out, SIZE - count, count);
        return out;
    }

    private interface Server {
        String serve(SocketChannel channel) throws Exception;
    }

    private String logIn(int bits, boolean trusting, Server server) throws Exception {
        Credentials credentials = new Credentials() {
            @Override
            public Optional<Login> ask(String realm, boolean needUser) {
                return Optional.of(new Login("jörg", "gehéim"));
            }

            @Override
            public boolean trust(ServerKey key) {
                shown.add(key);
                return trusting;
            }
        };
        try (ServerSocketChannel listening =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(listening.getLocalAddress());
                SocketChannel accepted = listening.accept()) {
            CompletableFuture<String> login = CompletableFuture.supplyAsync(() -> {
                try {
                    return server.serve(accepted);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            ServerTrust trust = new ServerTrust(credentials, CertificateCheck::ofThisMachine, "the server", "");
            new RsaAes(
                            new Peer(client),
                            trust,
                            needUser -> credentials.ask("", needUser).orElseThrow(),
                            bits)
                    .perform(true);
            return login.get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 1, jörg:gehéim", "128, 2, :gehéim", "256, 1, jörg:gehéim", "256, 2, :gehéim"})
    void logsIn(int bits, int subtype, String expected) throws Exception {
        assertThat(logIn(bits, true, channel -> serve(channel, bits / 8, subtype, false)))
                .isEqualTo(expected);
        assertThat(shown.get(0).shortFingerprint()).matches("([0-9a-f]{2}-){7}[0-9a-f]{2}");
        assertThat(shown.get(0).fingerprint()).matches("SHA256:[0-9a-f]{64}");
    }

    @Test
    void noticesExchangedKeys() {
        assertThatThrownBy(() -> logIn(256, true, channel -> serve(channel, 32, 1, true)))
                .isInstanceOf(RfbException.class)
                .hasMessageContaining("exchanged on their way");
    }

    @Test
    void sendsNothingToAServerThatIsNotTrusted() {
        assertThatThrownBy(() -> logIn(256, false, channel -> serve(channel, 32, 1, false)))
                .isInstanceOf(DisplayException.class)
                .hasMessageContaining("a key without a certificate");
    }

    @Test
    void refusesKeysOfAbsurdLength() {
        assertThatThrownBy(() -> logIn(128, true, channel -> {
                    channel.write(ByteBuffer.allocate(4).putInt(0x7fff_ffff).flip());
                    return "";
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a server key of");
    }
}
