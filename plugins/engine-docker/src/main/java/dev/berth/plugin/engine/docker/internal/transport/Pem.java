/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Certificates and keys as Docker keeps them: PEM files (RFC 7468), keys in PKCS #8, PKCS #1 or SEC 1. */
final class Pem {

    private static final long MOST_BYTES = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----", Pattern.DOTALL);
    /** {@code AlgorithmIdentifier} of RSA: its object identifier and NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** The object identifier of keys on elliptic curves. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Pem() {}

    /** A context for TLS with what is in the folder. */
    static SSLContext context(Path folder, boolean verify) throws IOException, GeneralSecurityException {
        KeyManager[] keys = new KeyManager[0];
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("cert.pem");
        if (Files.exists(key) && Files.exists(certificate)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "own",
                    key(read(key)),
                    new char[0],
                    certificates(certificate).toArray(new Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, new char[0]);
            keys = factory.getKeyManagers();
        }
        TrustManager[] trusted;
        Path authority = folder.resolve("ca.pem");
        if (!verify) {
            trusted = new TrustManager[] {new Anybody()};
        } else {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            if (Files.exists(authority)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                int n = 0;
                for (Certificate one : certificates(authority)) {
                    store.setCertificateEntry("authority-" + n++, one);
                }
                factory.init(store);
            } else {
                factory.init((KeyStore) null);
            }
            trusted = factory.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trusted, null);
        return context;
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is too large for a certificate or key");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(read(file)); matcher.find(); ) {
            if (matcher.group(1).equals("CERTIFICATE")) {
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes(matcher))));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + " has no certificate");
        }
        return found;
    }

    private static byte[] bytes(Matcher matcher) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(matcher.group(2));
        } catch (IllegalArgumentException e) {
            throw new IOException("a malformed PEM file", e);
        }
    }

    static PrivateKey key(String text) throws IOException, GeneralSecurityException {
        for (Matcher matcher = BLOCK.matcher(text); matcher.find(); ) {
            byte[] bytes = bytes(matcher);
            switch (matcher.group(1)) {
                case "PRIVATE KEY" -> {
                    return plain(bytes);
                }
                case "RSA PRIVATE KEY" -> {
                    return KeyFactory.getInstance("RSA").generatePrivate(wrapped(RSA, bytes));
                }
                case "EC PRIVATE KEY" -> {
                    return KeyFactory.getInstance("EC").generatePrivate(wrapped(sequence(EC, curve(bytes)), bytes));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw new IOException("the key is locked by a password");
                default -> {
                    // Parameters before the key.
                }
            }
        }
        throw new IOException("there is no private key in the file");
    }

    private static PrivateKey plain(byte[] bytes) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no key of a known kind");
        for (String kind : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    /** {@code PrivateKeyInfo} (RFC 5208, 5) around a key. */
    private static PKCS8EncodedKeySpec wrapped(byte[] algorithm, byte[] key) {
        return new PKCS8EncodedKeySpec(sequence(new byte[] {2, 1, 0}, algorithm, element(4, key)));
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return element(0x30, out.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The curve that an {@code ECPrivateKey} (RFC 5915, 3) names in its part [0]. */
    private static byte[] curve(byte[] key) throws IOException {
        int at = 2 + ((key.length > 1 && (key[1] & 0x80) != 0) ? key[1] & 0x7f : 0);
        while (at + 2 < key.length) {
            int tag = key[at] & 0xff;
            int length = key[at + 1] & 0xff;
            if (length >= 0x80 || at + 2 + length > key.length) {
                break;
            }
            if (tag == 0xa0) {
                byte[] curve = new byte[length];
                System.arraycopy(key, at + 2, curve, 0, length);
                return curve;
            }
            at += 2 + length;
        }
        throw new IOException("the key does not name its curve");
    }

    /** For an engine that the person told not to verify ({@code SkipTLSVerify} of a Docker context). */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
