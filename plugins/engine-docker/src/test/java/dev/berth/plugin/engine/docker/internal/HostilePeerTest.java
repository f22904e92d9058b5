/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.engine.docker.internal.http.HttpClient;
import dev.berth.plugin.engine.docker.internal.http.Request;
import dev.berth.plugin.engine.docker.internal.stdio.FrameReader;
import dev.berth.plugin.engine.docker.internal.transport.Duplex;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer that is no engine, or a broken one, can send. */
class HostilePeerTest {

    /** A peer that has said all it says. */
    private record Canned(byte[] bytes) implements Transport {
        @Override
        public Duplex open() {
            InputStream in = new ByteArrayInputStream(bytes);
            return new Duplex() {
                @Override
                public InputStream input() {
                    return in;
                }

                @Override
                public OutputStream output() {
                    return OutputStream.nullOutputStream();
                }

                @Override
                public void finish() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public String describe() {
            return "canned";
        }
    }

    private static String ask(String said) throws IOException {
        try (HttpClient client = new HttpClient(new Canned(said.getBytes(StandardCharsets.ISO_8859_1)));
                HttpClient.Response response = client.send(Request.of("GET", "/x"), Duration.ZERO)) {
            return response.status() + " " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void readsAnswersOfEachKind() throws Exception {
        assertThat(ask("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef")).isEqualTo("200 abc");
        assertThat(
                        ask(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: 1\r\n\r\n"))
                .isEqualTo("200 abc0123456789");
        assertThat(ask("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 500 Oh\r\nConnection: close\r\n\r\nwhy"))
                .isEqualTo("500 why");
        assertThat(ask("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo("204 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 99 x\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"
            })
    void refusesWhatIsNoAnswer(String said) {
        assertThatThrownBy(() -> ask(said)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesEndlessHeads() {
        String endless = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000);
        assertThatThrownBy(() -> ask(endless)).hasMessageContaining("too long");
        String interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(100);
        assertThatThrownBy(() -> ask(interim)).hasMessageContaining("keeps saying");
    }

    @Test
    void takesFramesApart() throws Exception {
        StringBuilder out = new StringBuilder();
        byte[] frames = {1, 0, 0, 0, 0, 0, 0, 2, 'a', 'b', 2, 0, 0, 0, 0, 0, 0, 1, 'c', 1, 0, 0, 0, 0, 0, 0, 0};
        FrameReader.copy(
                new ByteArrayInputStream(frames),
                (error, bytes, offset, length) -> out.append(error ? "e:" : "o:")
                        .append(new String(bytes, offset, length, StandardCharsets.US_ASCII)));
        assertThat(out).hasToString("o:abe:c");
        for (byte[] wrong : new byte[][] {
            {1, 0, 0, 0, 0, 0, 0, 9, 'a'},
            {1, 0, 0},
            {9, 0, 0, 0, 0, 0, 0, 0},
            {1, 1, 0, 0, 0, 0, 0, 0},
            "HTTP/1.1 400 Bad".getBytes(StandardCharsets.US_ASCII)
        }) {
            assertThatThrownBy(() -> FrameReader.copy(new ByteArrayInputStream(wrong), (e, b, o, l) -> {}))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void findsThePidLineInPieces() throws Exception {
        for (int cut = 1; cut < 18; cut++) {
            Pid pid = new Pid();
            byte[] bytes = "berth-pid:123\r\nout".getBytes(StandardCharsets.US_ASCII);
            String seen = new String(pid.strip(bytes, 0, cut), StandardCharsets.US_ASCII)
                    + new String(pid.strip(bytes, cut, bytes.length - cut), StandardCharsets.US_ASCII);
            assertThat(seen).isEqualTo("out");
            assertThat(pid.await()).hasValue(123L);
        }
        Pid none = new Pid();
        byte[] other = "berth-pie".getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(none.strip(other, 0, other.length), StandardCharsets.US_ASCII))
                .isEqualTo("berth-pie");
        assertThat(none.await()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{\"a\" 1}", "\"\\u12", "\"\\q\"", "nul", "1.2.3", "{} x", "\"\n\""})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void readsAndWritesJson() throws Exception {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(IOException.class);
        Json json = Json.parse(" {\"a\":[1,2.5,\"\\u00e4\\n\",null,true],\"b\":{}} ");
        assertThat(json.get("a").items()).hasSize(5);
        assertThat(json.get("a").items().get(2).text()).isEqualTo("ä\n");
        assertThat(json.get("x").get("y").items()).isEmpty();
        assertThat(Json.print(json.get("a").items().get(2).raw())).isEqualTo("\"ä\\u000a\"");
    }
}
