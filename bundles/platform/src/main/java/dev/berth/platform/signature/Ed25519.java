/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Detached signatures in files: Ed25519 (RFC 8032) over all bytes, in base64. Keys are what {@code openssl} writes (RFC 8410), with or without
 * the lines of PEM around them.
 */
public final class Ed25519 {

    /** What is added to a file's name for the file with its signature. */
    public static final String SUFFIX = ".sig";

    /** No signature file is longer. */
    public static final int MOST_BYTES = 1_000;

    private static final String NAME = "Ed25519";

    private Ed25519() {}

    /**
     * Reads a public key.
     *
     * @param text SubjectPublicKeyInfo: {@code openssl pkey -pubout}
     * @throws GeneralSecurityException if it is none
     */
    public static PublicKey publicKey(String text) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(decode(text)));
    }

    /** Whether a signature was made over these bytes with the key's other half; no if it is no signature at all. */
    public static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature check = Signature.getInstance(NAME);
            check.initVerify(key);
            check.update(bytes);
            return check.verify(decode(new String(signature, StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Signs.
     *
     * @param key a private key in PKCS #8: {@code openssl genpkey -algorithm ed25519}
     * @return what belongs into the file beside
     * @throws GeneralSecurityException if it is no such key
     */
    public static String sign(String key, byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(NAME);
        signature.initSign(KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(decode(key))));
        signature.update(bytes);
        return Base64.getEncoder().encodeToString(signature.sign()) + "\n";
    }

    private static byte[] decode(String text) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]*-----", ""));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
    }
}
