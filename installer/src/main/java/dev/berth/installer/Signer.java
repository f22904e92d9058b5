/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import dev.berth.platform.signature.Ed25519;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Signs what is published, in a file beside it. */
final class Signer {

    private final String key;

    /**
     * A signer.
     *
     * @param file of a private key as "openssl genpkey -algorithm ed25519" writes it
     * @throws IOException if it is none
     */
    Signer(Path file) throws IOException {
        key = Files.readString(file);
        try {
            // Before anything is made that could then not be signed.
            var unused = Ed25519.sign(key, new byte[0]);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    file + " is no private key to sign with; make one: openssl genpkey -algorithm ed25519", e);
        }
    }

    /** Returns where the signature of a file lies. */
    static Path signature(Path file) {
        return file.resolveSibling(file.getFileName() + Ed25519.SUFFIX);
    }

    /** Signs a file. */
    void sign(Path file) throws IOException {
        try {
            Files.writeString(signature(file), Ed25519.sign(key, Files.readAllBytes(file)));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot sign " + file, e);
        }
    }
}
