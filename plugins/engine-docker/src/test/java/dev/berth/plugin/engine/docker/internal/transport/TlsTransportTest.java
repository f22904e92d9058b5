/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines behind TLS: OpenSSL's server, which wants a certificate of the client and turns each line round. */
@Tag("long")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTransportTest {

    @TempDir
    static Path folder;

    private static Process server;
    private static int port;

    @BeforeAll
    static void serve() throws Exception {
        authority("ca");
        authority("stranger");
        certificate("ca", "server", "IP:127.0.0.1", "rsa:2048");
        certificate("ca", "rsa", "DNS:client", "rsa:2048");
        certificate("ca", "ec", "DNS:client", "ec");
        server = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-cert",
                        "server.pem",
                        "-key",
                        "server.key",
                        "-CAfile",
                        "ca.pem",
                        "-Verify",
                        "3",
                        "-verify_return_error",
                        "-rev")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        Pattern accept = Pattern.compile("ACCEPT .*:(\\d+)");
        StringBuilder said = new StringBuilder();
        while (port == 0) {
            String line = lines.readLine();
            assertThat(line).as(said.toString()).isNotNull();
            said.append(line).append('\n');
            Matcher matcher = accept.matcher(line);
            port = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
        Thread drain = new Thread(() -> lines.lines().forEach(line -> {}), "openssl");
        drain.setDaemon(true);
        drain.start();
    }

    @AfterAll
    static void end() throws Exception {
        server.destroyForcibly().waitFor();
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void authority(String name) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem",
                "-days",
                "2",
                "-subj",
                "/CN=" + name);
    }

    private static void certificate(String authority, String name, String alternative, String kind) throws Exception {
        if (kind.equals("ec")) {
            // As old tools write it: a format of its own.
            openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name + ".key");
            openssl("req", "-new", "-key", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name);
        } else {
            openssl(
                    "req",
                    "-newkey",
                    kind,
                    "-nodes",
                    "-keyout",
                    name + ".key",
                    "-out",
                    name + ".csr",
                    "-subj",
                    "/CN=" + name);
        }
        Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + alternative + "\n");
        openssl(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                authority + ".pem",
                "-CAkey",
                authority + ".key",
                "-CAcreateserial",
                "-out",
                name + ".pem",
                "-days",
                "2",
                "-extfile",
                name + ".ext");
    }

    /** A folder as Docker keeps it; an empty name leaves a part out. */
    private static Path certificates(String authority, String own) throws Exception {
        Path made = Files.createTempDirectory(folder, "certificates");
        if (!authority.isEmpty()) {
            Files.copy(folder.resolve(authority + ".pem"), made.resolve("ca.pem"));
        }
        if (!own.isEmpty()) {
            Files.copy(folder.resolve(own + ".pem"), made.resolve("cert.pem"));
            Files.copy(folder.resolve(own + ".key"), made.resolve("key.pem"));
        }
        return made;
    }

    private static String talk(TlsTransport transport) throws IOException {
        try (Duplex duplex = transport.open()) {
            duplex.output().write("berth\n".getBytes(StandardCharsets.UTF_8));
            duplex.output().flush();
            return new String(duplex.input().readNBytes(6), StandardCharsets.UTF_8);
        }
    }

    @Test
    void showsItsCertificateWhateverItsKeyIs() throws Exception {
        for (String own : List.of("rsa", "ec")) {
            assertThat(talk(new TlsTransport("127.0.0.1", port, certificates("ca", own), true)))
                    .as(own)
                    .isEqualTo("htreb\n");
        }
    }

    @Test
    void trustsOnlyItsAuthorityUnlessToldOtherwise() throws Exception {
        assertThatThrownBy(() -> talk(new TlsTransport("127.0.0.1", port, certificates("stranger", "rsa"), true)))
                .isInstanceOf(IOException.class);
        assertThat(talk(new TlsTransport("127.0.0.1", port, certificates("stranger", "rsa"), false)))
                .isEqualTo("htreb\n");
    }

    @Test
    void wantsTheNameThatItAskedFor() throws Exception {
        // The certificate is for the number only.
        assertThatThrownBy(() -> talk(new TlsTransport("localhost", port, certificates("ca", "rsa"), true)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void isTurnedAwayWithoutACertificate() throws Exception {
        // In TLS 1.3 the server says so after the handshake: the answer is missing.
        Path none = certificates("ca", "");
        assertThatThrownBy(() -> assertThat(talk(new TlsTransport("127.0.0.1", port, none, true)))
                        .isEqualTo("htreb\n"))
                .isInstanceOfAny(IOException.class, AssertionError.class);
    }
}
