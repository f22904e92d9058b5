/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.PointerInput;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.testkit.display.ListenerLog;
import dev.berth.testkit.display.MemorySink;
import dev.berth.testkit.display.Picture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** x11vnc on Xvfb, over TCP, with a password: libvncserver's encoders. */
@Timeout(120)
final class X11vncTest {

    @TempDir
    static Path folder;

    private static XServerPeer server;
    private static SocketEndpoint endpoint;

    @BeforeAll
    static void start() throws Exception {
        server = XServerPeer.xvfb(folder, "640x480");
        server.draw(2);
        Process vnc = server.builder(
                        "x11vnc",
                        "-display",
                        server.display(),
                        "-localhost",
                        "-forever",
                        "-shared",
                        "-passwd",
                        "geheim",
                        "-autoport",
                        "15900",
                        "-noxdamage",
                        "-nocursor",
                        "-o",
                        folder.resolve("x11vnc.log").toString())
                .redirectErrorStream(false)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        server.adopt(vnc);
        BufferedReader out = new BufferedReader(new InputStreamReader(vnc.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("PORT=")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("x11vnc did not start: " + Files.readString(folder.resolve("x11vnc.log")));
        }
        int port = Integer.parseInt(line.substring(5).strip());
        endpoint = new SocketEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DisplayConnection connect(EncodingChoice choice, MemorySink sink, ListenerLog log) throws Exception {
        Credentials password = (realm, needUser) -> Optional.of(new Credentials.Login("", "geheim"));
        DisplayConnection connection = new RfbProtocol(choice)
                .connect(endpoint, new DisplayRequest(password, true, false, true), sink, log, TaskContext.silent());
        connection.input().pointer(new PointerInput(620, 400, 0));
        return connection;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {Encodings.RAW, Encodings.RRE, Encodings.HEXTILE, Encodings.ZLIB, Encodings.ZRLE, Encodings.TIGHT})
    void showsWhatTheServerHas(int encoding) throws Exception {
        MemorySink sink = new MemorySink();
        EncodingChoice choice = new EncodingChoice(List.of(Encodings.COPY_RECT, encoding), -1, 2);
        try (DisplayConnection connection = connect(choice, sink, new ListenerLog())) {
            sink.await(server.screenshot()::equals);
            assertThat(connection.statistics().pixels()).isGreaterThanOrEqualTo(640 * 480);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void showsNearlyThatWithJpeg(int quality) throws Exception {
        MemorySink sink = new MemorySink();
        EncodingChoice choice = new EncodingChoice(List.of(Encodings.TIGHT), quality, 2);
        try (DisplayConnection connection = connect(choice, sink, new ListenerLog())) {
            Picture expected = server.screenshot();
            sink.await(picture -> picture.psnr(expected) > 25 + 1.5 * quality);
            assertThat(connection.statistics().encoding()).isEqualTo(Encodings.name(Encodings.TIGHT));
        }
    }
}
