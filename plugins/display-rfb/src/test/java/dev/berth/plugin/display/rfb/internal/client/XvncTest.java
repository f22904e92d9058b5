/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.PointerInput;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TigerVNC's Xvnc over a unix socket: what we show is what the X server has. */
final class XvncTest {

    @TempDir
    static Path folder;

    private static XServerPeer server;
    private static SocketEndpoint endpoint;

    @BeforeAll
    static void start() throws Exception {
        Path socket = folder.resolve("rfb");
        server = XServerPeer.xvnc(
                folder,
                "-geometry",
                "640x480",
                "-SecurityTypes",
                "None",
                "-rfbport",
                "-1",
                "-rfbunixpath",
                socket.toString());
        server.draw(1);
        endpoint = new SocketEndpoint(UnixDomainSocketAddress.of(socket), true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {Encodings.RAW, Encodings.RRE, Encodings.HEXTILE, Encodings.ZRLE, Encodings.TIGHT})
    void showsWhatTheServerHas(int encoding) throws Exception {
        MemorySink sink = new MemorySink();
        RfbProtocol protocol = new RfbProtocol(new EncodingChoice(List.of(Encodings.COPY_RECT, encoding), -1, 2));
        try (DisplayConnection connection = protocol.connect(
                endpoint, DisplayRequest.defaults(), sink, new DisplayListener() {}, TaskContext.silent())) {
            // Xvnc paints the pointer into the picture unless this client was the last to move it.
            connection.input().pointer(new PointerInput(600, 400, 0));
            MemorySink.Picture expected = server.screenshot();
            MemorySink.Picture shown = sink.await(picture -> Arrays.equals(picture.rgb(), expected.rgb()));
            assertThat(shown.width()).isEqualTo(640);
            if (encoding != Encodings.RRE) {
                // Xvnc sends what RRE does badly as it is.
                assertThat(connection.statistics().encoding()).isEqualTo(Encodings.name(encoding));
            }
        }
    }

    @Test
    void choosesByItself() throws Exception {
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = new RfbProtocol()
                .connect(endpoint, DisplayRequest.defaults(), sink, new DisplayListener() {}, TaskContext.silent())) {
            // Xvnc paints the pointer into the picture unless this client was the last to move it.
            connection.input().pointer(new PointerInput(600, 400, 0));
            MemorySink.Picture expected = server.screenshot();
            sink.await(picture -> Arrays.equals(picture.rgb(), expected.rgb()));
        }
    }
}
