/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import dev.berth.api.display.ServerKey.Doubt;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;

/** Whether the server is the one that is meant: by its certificate, or by asking. */
final class ServerTrust {

    private final Credentials credentials;
    private final Supplier<CertificateCheck> check;
    private final String where;
    private final String host;

    /**
     * @param where the address, for whoever is asked
     * @param host its name alone, as a certificate would have it; empty when there is none
     */
    ServerTrust(Credentials credentials, Supplier<CertificateCheck> check, String where, String host) {
        this.credentials = credentials;
        this.check = check;
        this.where = where;
        this.host = host;
    }

    /** Returns if the certificate is good or somebody says so. */
    void certificate(CertifiedTls.Opened tls) throws DisplayException, InterruptedException {
        X509Certificate first = tls.chain()[0];
        Set<Doubt> doubts = check.get().doubts(tls.chain(), tls.authentication(), host);
        if (doubts.isEmpty()) {
            return;
        }
        try {
            ask(new ServerKey(
                    where,
                    first.getSubjectX500Principal().getName(),
                    fingerprint("SHA-256", first.getEncoded()),
                    "",
                    doubts));
        } catch (CertificateEncodingException e) {
            throw new DisplayException("display.trust", "The certificate of " + where + " cannot be read.", e);
        }
    }

    /**
     * Returns if somebody says that this bare key is good.
     *
     * @param encoded length, modulus and exponent as they came; their SHA-1, cut short, is what servers and viewers of RSA-AES show
     */
    void bareKey(byte[] encoded) throws DisplayException, InterruptedException {
        String sha1 = fingerprint("SHA-1", encoded).substring("SHA-1:".length());
        StringBuilder shown = new StringBuilder(sha1.substring(0, 2));
        for (int i = 2; i < 16; i += 2) {
            shown.append('-').append(sha1, i, i + 2);
        }
        ask(new ServerKey(where, "", fingerprint("SHA-256", encoded), shown.toString(), EnumSet.of(Doubt.BARE_KEY)));
    }

    private void ask(ServerKey key) throws DisplayException, InterruptedException {
        if (credentials.trust(key)) {
            return;
        }
        StringBuilder why = new StringBuilder();
        for (Doubt doubt : key.doubts().stream().sorted().toList()) {
            why.append(why.isEmpty() ? "" : ", and ").append(words(doubt));
        }
        throw new DisplayException(
                "display.trust",
                ErrorKind.FAILED,
                "Nothing shows that " + where + " is the display that is meant: " + why + ".",
                (key.subject().isEmpty() ? "" : "certificate of " + key.subject() + ", ")
                        + key.fingerprint()
                        + (key.shortFingerprint().isEmpty() ? "" : " (" + key.shortFingerprint() + ")"),
                Remedy.advice("Compare the fingerprint with the one on the server, and trust it if they are equal."),
                null);
    }

    private String words(Doubt doubt) {
        return switch (doubt) {
            case BARE_KEY -> "it has a key without a certificate";
            case UNKNOWN_ISSUER -> "nobody known here has signed its certificate";
            case OTHER_NAME ->
                host.isEmpty()
                        ? "its certificate cannot be compared with a name"
                        : "its certificate is not for " + host;
            case EXPIRED -> "its certificate has expired or is not valid yet";
            case CHANGED -> "it has another key than before";
        };
    }

    private static String fingerprint(String algorithm, byte[] bytes) {
        try {
            return algorithm.replace("SHA-256", "SHA256") + ":"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
