/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.RootfsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * Checks a clear-signed text (RFC 9580, section 7) and hands out what was signed, and nothing around it. One good
 * signature by a key of the ring is enough, as for apt: archives sign with the old and the new key for a while.
 */
public final class ClearSigned {

    private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";
    /** MD5, SHA-1 and RIPEMD-160 no longer keep a forger out. */
    private static final Set<Integer> STRONG = Set.of(
            HashAlgorithmTags.SHA224,
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);
    /** How far the clocks of a mirror and of this host may lie apart. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private ClearSigned() {}

    /**
     * Checks the text.
     *
     * @param now the time that signatures and keys are judged at
     * @return the signed text, line feeds between its lines
     * @throws RootfsException if the text is malformed or bears no good signature
     */
    public static String verify(byte[] message, KeyRing keys, Instant now) throws RootfsException {
        List<String> lines = new ArrayList<>();
        // Latin-1 keeps every byte, so what is hashed is what was sent.
        for (String line : new String(message, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
        int armour = lines.indexOf(SIGNATURE);
        // Anything before, after or between would be unsigned text that a careless reader takes for signed.
        if (lines.isEmpty()
                || !lines.get(0).equals(BEGIN)
                || armour < 0
                || lines.indexOf(END) != lines.size() - 1
                || lines.lastIndexOf(BEGIN) != 0
                || lines.lastIndexOf(SIGNATURE) != armour) {
            throw malformed(null);
        }
        int start = 1;
        while (start < armour && !lines.get(start).isBlank()) {
            if (!lines.get(start).startsWith("Hash:")) {
                throw malformed(null);
            }
            start++;
        }
        List<String> body = new ArrayList<>();
        for (String line : lines.subList(Math.min(start + 1, armour), armour)) {
            if (line.startsWith("-") && !line.startsWith("- ")) {
                throw malformed(null);
            }
            body.add(line.startsWith("- ") ? line.substring(2) : line);
        }
        checkAny(canonical(body), String.join("\n", lines.subList(armour, lines.size())), keys, now);
        return new String(String.join("\n", body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Lines without trailing blanks, ended by CR LF, none after the last (RFC 9580, 7.2). */
    private static byte[] canonical(List<String> body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < body.size(); i++) {
            String line = body.get(i);
            int end = line.length();
            while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
                end--;
            }
            bytes.writeBytes(line.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
            if (i + 1 < body.size()) {
                bytes.write('\r');
                bytes.write('\n');
            }
        }
        return bytes.toByteArray();
    }

    private static void checkAny(byte[] signed, String armour, KeyRing keys, Instant now) throws RootfsException {
        List<String> reasons = new ArrayList<>();
        try (ArmoredInputStream in =
                new ArmoredInputStream(new ByteArrayInputStream(armour.getBytes(StandardCharsets.ISO_8859_1)))) {
            BcPGPObjectFactory objects = new BcPGPObjectFactory(in);
            for (Object object = objects.nextObject(); object != null; object = objects.nextObject()) {
                if (object instanceof PGPSignatureList list) {
                    for (PGPSignature signature : list) {
                        String reason = check(signature, signed, keys, now);
                        if (reason.isEmpty()) {
                            return;
                        }
                        reasons.add(Long.toHexString(signature.getKeyID()) + ": " + reason);
                    }
                }
            }
        } catch (IOException | PGPException | RuntimeException e) {
            // The library reports malformed packets with unchecked exceptions too.
            throw malformed(e);
        }
        throw new RootfsException(
                "rootfs.signature.bad",
                dev.berth.api.error.ErrorKind.FAILED,
                "The mirror's release file bears no valid signature of the archive.",
                reasons.isEmpty() ? "no signature" : String.join("; ", reasons),
                dev.berth.api.error.Remedy.advice(
                        "Update the archive keyring, or name another mirror: this one may have been tampered with."),
                null);
    }

    /** Why a signature does not count; empty when it does. */
    private static String check(PGPSignature signature, byte[] signed, KeyRing keys, Instant now) throws PGPException {
        PGPPublicKey key = keys.key(signature.getKeyID());
        PGPPublicKeyRing ring = keys.ringOf(signature.getKeyID());
        if (key == null || ring == null) {
            return "the key is not in the keyring";
        }
        if (signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT
                && signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
            return "not a signature of a document";
        }
        if (!STRONG.contains(signature.getHashAlgorithm())) {
            return "its hash algorithm is too weak";
        }
        Instant made = signature.getCreationTime().toInstant();
        if (made.isAfter(now.plus(CLOCK_SKEW))) {
            return "it lies in the future";
        }
        long lives = signature.getHashedSubPackets() == null
                ? 0
                : signature.getHashedSubPackets().getSignatureExpirationTime();
        if (lives > 0 && made.plusSeconds(lives).isBefore(now)) {
            return "it has expired";
        }
        PGPPublicKey primary = ring.getPublicKey();
        if (expired(key, now) || expired(primary, now)) {
            return "the key has expired";
        }
        if (key.hasRevocation() || primary.hasRevocation()) {
            return "the key was revoked";
        }
        if (key != primary && !boundTo(primary, key)) {
            return "the sub key does not belong to its primary key";
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(signed);
        return signature.verify() ? "" : "the text was changed";
    }

    private static boolean expired(PGPPublicKey key, Instant now) {
        long lives = key.getValidSeconds();
        return lives > 0 && key.getCreationTime().toInstant().plusSeconds(lives).isBefore(now);
    }

    /** Without this anyone could hang a sub key of their own under a trusted primary key. */
    private static boolean boundTo(PGPPublicKey primary, PGPPublicKey sub) throws PGPException {
        var bindings = sub.getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
        while (bindings.hasNext()) {
            PGPSignature binding = bindings.next();
            if (binding.getKeyID() == primary.getKeyID()) {
                binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
                if (binding.verifyCertification(primary, sub)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static RootfsException malformed(@org.jspecify.annotations.Nullable Throwable cause) {
        return new RootfsException(
                "rootfs.signature.malformed", "The mirror's release file is not a signed text.", cause);
    }
}
