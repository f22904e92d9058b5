/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchTest {

    @TempDir
    Path temp;

    private final Map<String, String> elsewhere = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                String location = elsewhere.get(path);
                if (location != null) {
                    exchange.getResponseHeaders().add("Location", location);
                    exchange.sendResponseHeaders(302, -1);
                } else if (path.equals("/there")) {
                    exchange.sendResponseHeaders(200, 5);
                    exchange.getResponseBody().write("hello".getBytes(StandardCharsets.US_ASCII));
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private String read(URI address) throws Exception {
        return new String(Fetch.read(address, TaskContext.silent(), InputStream::readAllBytes), StandardCharsets.UTF_8);
    }

    @Test
    void readsFromServersAndFiles() throws Exception {
        assertThat(read(address("/there"))).isEqualTo("hello");
        Path file = Files.writeString(temp.resolve("a file"), "hello");
        assertThat(read(file.toUri())).isEqualTo("hello");
        assertThatThrownBy(() -> read(address("/gone")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
        assertThatThrownBy(() -> read(temp.resolve("none").toUri())).isInstanceOf(IOException.class);
    }

    @Test
    void followsWhereTheServerSendsAndNotInCircles() throws Exception {
        elsewhere.put("/moved", "/again");
        elsewhere.put("/again", address("/there").toString());
        assertThat(read(address("/moved"))).isEqualTo("hello");
        elsewhere.put("/there", "/moved");
        assertThatThrownBy(() -> read(address("/moved"))).hasMessageContaining("from one address to the next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "jar:file:/x!/y"})
    void aServerCannotNameFilesOfThisMachine(String location) {
        elsewhere.put("/moved", location);
        assertThatThrownBy(() -> read(address("/moved")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sends on to");
    }

    @Test
    void aCancelledTaskDoesNotWaitForTheServer() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(address("/gone"))).isInstanceOf(InterruptedException.class);
    }
}
