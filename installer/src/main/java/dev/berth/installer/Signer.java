/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs what is published: Ed25519 (RFC 8032) over the bytes of a file, in base64, in a file beside it. */
final class Signer {

    private final PrivateKey key;

    /**
     * A signer.
     *
     * @param file a private key as "openssl genpkey -algorithm ed25519" writes it: PKCS #8 in PEM
     */
    Signer(Path file) throws IOException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]*-----", ""));
            key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    file + " is no private key to sign with; make one: openssl genpkey -algorithm ed25519", e);
        }
    }

    /** Returns where the signature of a file lies. */
    static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + ".sig");
    }

    /** Signs a file. */
    void sign(Path file) throws IOException {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(Files.readAllBytes(file));
            Files.writeString(signature(file), Base64.getEncoder().encodeToString(signature.sign()) + "\n");
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot sign " + file, e);
        }
    }
}
