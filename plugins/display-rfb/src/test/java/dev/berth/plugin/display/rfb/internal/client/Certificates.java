/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Certificates by openssl, in the files that servers want. */
public final class Certificates {

    private final Path folder;

    /** Below a folder of the test. */
    public Certificates(Path folder) {
        this.folder = folder;
    }

    /** An authority of its own: NAME.pem and NAME-key.pem. */
    public Path authority(String name) throws IOException, InterruptedException {
        return selfSigned(name, "basicConstraints=critical,CA:TRUE", 30);
    }

    /** A certificate that nobody else vouches for. */
    public Path selfSigned(String name, String extension, int days) throws IOException, InterruptedException {
        Path file = file(name);
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key(name).toString(),
                "-out",
                file.toString(),
                "-subj",
                "/CN=" + name,
                "-days",
                Integer.toString(days),
                "-addext",
                extension);
        return file;
    }

    /** A certificate signed by an authority. */
    public Path signed(String name, String authority, String names, int days) throws IOException, InterruptedException {
        Path request = folder.resolve(name + ".csr");
        Path extensions = Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + names + "\n");
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                key(name).toString(),
                "-out",
                request.toString(),
                "-subj",
                "/CN=" + name);
        openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                file(authority).toString(),
                "-CAkey",
                key(authority).toString(),
                "-CAcreateserial",
                "-out",
                file(name).toString(),
                "-days",
                Integer.toString(days),
                "-extfile",
                extensions.toString());
        return file(name);
    }

    /** The certificate's file. */
    public Path file(String name) {
        return folder.resolve(name + ".pem");
    }

    /** Its key's file. */
    public Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    /** The certificate itself. */
    public X509Certificate read(String name) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file(name))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** The fingerprint as openssl has it, in the form of the contract. */
    public String fingerprint(String name) throws IOException, InterruptedException {
        String line = openssl("x509", "-in", file(name).toString(), "-noout", "-fingerprint", "-sha256");
        return "SHA256:"
                + line.substring(line.indexOf('=') + 1).strip().replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + out);
        }
        return out;
    }
}
