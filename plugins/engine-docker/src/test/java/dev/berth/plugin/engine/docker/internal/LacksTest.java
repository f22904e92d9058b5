/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when an engine cannot be reached. A changed sentence is approved by changing {@code lacks.txt}. */
class LacksTest {

    @TempDir
    Path folder;

    @Test
    void saysWhatWasApproved() throws Exception {
        Path there = Files.createFile(folder.resolve("there.sock"));
        StringBuilder shown = new StringBuilder();
        show(shown, "unix:///run/docker.sock.missing", new NoSuchFileException("/run/docker.sock.missing"));
        show(shown, "unix:///run/podman/podman.sock.missing", new SocketException("No such file or directory"));
        show(shown, "unix://" + there, new SocketException("Permission denied"));
        show(shown, "unix://" + there, new ConnectException("Connection refused"));
        show(shown, "ssh://me@office", new IOException("Host key verification failed."));
        show(shown, "ssh://me@office", new IOException("me@office: Permission denied (publickey,password)."));
        show(shown, "ssh://me@office", new IOException("ssh: connect to host office: Connection refused"));
        show(
                shown,
                "ssh://me@office",
                new IOException("Cannot run program \"ssh\": error=2, No such file or directory"));
        show(shown, "tcp://lab:2376 with TLS", new UnknownHostException("lab"));
        show(shown, "tcp://lab:2376 with TLS", new NoRouteToHostException("No route to host"));
        show(shown, "tcp://lab:2376 with TLS", new SSLHandshakeException("the certificate is another's"));
        show(
                shown,
                "wslc system session run docker system dial-stdio",
                new IOException("Cannot run program \"wslc\": error=2, No such file or directory"));
        String text = shown.toString().replace(folder.toString(), "FOLDER");
        try (InputStream in = LacksTest.class.getResourceAsStream("lacks.txt")) {
            assertThat(text).isEqualTo(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void show(StringBuilder shown, String where, IOException failure) {
        Transport transport = new Transport() {
            @Override
            public dev.berth.plugin.engine.docker.internal.transport.Duplex open() throws IOException {
                throw failure;
            }

            @Override
            public String describe() {
                return where;
            }
        };
        Remedy remedy = Lacks.remedy(transport, failure);
        shown.append(where)
                .append("\n  ")
                .append(Lacks.why(failure))
                .append("\n  -> ")
                .append(remedy.text());
        if (!remedy.hostCommand().isEmpty()) {
            shown.append(" $ ").append(String.join(" ", remedy.hostCommand()));
        }
        shown.append('\n');
    }
}
