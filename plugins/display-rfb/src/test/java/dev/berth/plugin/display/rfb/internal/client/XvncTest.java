/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.KeyInput;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.WheelInput;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.testkit.display.ListenerLog;
import dev.berth.testkit.display.MemorySink;
import dev.berth.testkit.display.Picture;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TigerVNC's Xvnc over a unix socket: what we show is what the X server has, and what we type arrives. */
@Timeout(120)
final class XvncTest {

    private static final String TEXT = "Grüße, €, 漢字, \ud83d\ude80\nsecond line";

    @TempDir
    static Path folder;

    private static XServerPeer server;
    private static SocketEndpoint endpoint;

    private static int moves;

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

    private static DisplayConnection connect(MemorySink sink, ListenerLog log) throws Exception {
        DisplayConnection connection =
                new RfbProtocol().connect(endpoint, DisplayRequest.defaults(), sink, log, TaskContext.silent());
        movePointer(connection);
        return connection;
    }

    /**
     * Xvnc paints the pointer into the picture unless this client was the last to move it; and where it is already is no move,
     * so every call goes elsewhere.
     */
    private static void movePointer(DisplayConnection connection) {
        moves++;
        connection.input().pointer(new PointerInput(560 + moves % 30 * 2, 400, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {Encodings.RAW, Encodings.RRE, Encodings.HEXTILE, Encodings.ZRLE, Encodings.TIGHT})
    void showsWhatTheServerHas(int encoding) throws Exception {
        MemorySink sink = new MemorySink();
        RfbProtocol protocol = new RfbProtocol(new EncodingChoice(List.of(Encodings.COPY_RECT, encoding), -1, 2));
        try (DisplayConnection connection =
                protocol.connect(endpoint, DisplayRequest.defaults(), sink, new ListenerLog(), TaskContext.silent())) {
            movePointer(connection);
            sink.await(server.screenshot()::equals);
            if (encoding != Encodings.RRE) {
                // Xvnc sends what RRE does badly as it is.
                assertThat(connection.statistics().encoding()).isEqualTo(Encodings.name(encoding));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6, 8, 9})
    void showsNearlyThatWithJpeg(int quality) throws Exception {
        MemorySink sink = new MemorySink();
        RfbProtocol protocol = new RfbProtocol(new EncodingChoice(List.of(Encodings.TIGHT), quality, 2));
        try (DisplayConnection connection =
                protocol.connect(endpoint, DisplayRequest.defaults(), sink, new ListenerLog(), TaskContext.silent())) {
            movePointer(connection);
            Picture expected = server.screenshot();
            sink.await(picture -> picture.psnr(expected) > 25 + 1.5 * quality);
        }
    }

    @Test
    void choosesByItself() throws Exception {
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = connect(sink, new ListenerLog())) {
            sink.await(server.screenshot()::equals);
            assertThat(connection.features())
                    .contains(DisplayFeature.RESIZE, DisplayFeature.CLIPBOARD_TEXT, DisplayFeature.PHYSICAL_KEYS);
        }
    }

    @Test
    void followsItsOwnSizeAndTheServers() throws Exception {
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = connect(sink, new ListenerLog())) {
            connection.requestSize(813, 607);
            sink.await(picture -> picture.width() == 813 && picture.height() == 607);
            sink.await(server.screenshot()::equals);
            server.run("xrandr", "-s", "640x480");
            sink.await(picture -> picture.width() == 640 && picture.height() == 480);
            sink.await(server.screenshot()::equals);
        }
    }

    @Test
    void tellsTheGuestWhatIsCopiedHere() throws Exception {
        try (DisplayConnection connection = connect(new MemorySink(), new ListenerLog())) {
            connection.offerClipboard(ClipboardOffer.ofText(TEXT));
            String pasted = "";
            for (int i = 0; i < 100 && !pasted.equals(TEXT); i++) {
                try {
                    pasted = new String(
                            server.run("xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING"),
                            StandardCharsets.UTF_8);
                } catch (IOException nothingThereYet) {
                    Thread.sleep(50);
                }
            }
            assertThat(pasted).isEqualTo(TEXT);
        }
    }

    @Test
    void hearsWhatTheGuestCopies() throws Exception {
        ListenerLog log = new ListenerLog();
        Path file = folder.resolve("clip.txt");
        Files.writeString(file, TEXT);
        try (DisplayConnection connection = connect(new MemorySink(), log)) {
            server.start("xclip", "-i", "-selection", "clipboard", "-quiet", file.toString());
            ClipboardOffer offer =
                    log.await(ClipboardOffer.class, o -> o.types().contains(ClipboardOffer.TEXT));
            byte[] utf8 = offer.read(ClipboardOffer.TEXT, TaskContext.silent());
            assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(TEXT);
            assertThat(connection.features()).contains(DisplayFeature.CLIPBOARD_TEXT);
        }
    }

    @Test
    void sendsKeysAndTheWheel() throws Exception {
        Path log = folder.resolve("xev.log");
        ListenerLog events = new ListenerLog();
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = connect(sink, events)) {
            Picture before = sink.await(server.screenshot()::equals);
            Process xev = server.builder(
                            "xev", "-geometry", "200x100+400+300", "-event", "keyboard", "-event", "button")
                    .redirectOutput(log.toFile())
                    .start();
            try {
                sink.await(picture -> picture.differences(before) > 1000);
                connection.input().pointer(new PointerInput(500, 350, 0));
                connection.input().pointer(new PointerInput(500, 350, PointerInput.RIGHT));
                connection.input().pointer(new PointerInput(500, 350, 0));
                // A third of a notch down, twice nothing, and the rest; then one to the left.
                connection.input().wheel(new WheelInput(500, 350, 0, 0, 40));
                connection.input().wheel(new WheelInput(500, 350, 0, 0, 40));
                connection.input().wheel(new WheelInput(500, 350, 0, 0, 40));
                connection.input().wheel(new WheelInput(500, 350, 0, -120, 0));
                connection.input().key(new KeyInput('a', 30, true));
                connection.input().key(new KeyInput('a', 30, false));
                connection.input().key(new KeyInput(0xffe1, 42, true));
                connection.input().key(new KeyInput('Q', 16, true));
                connection.input().releaseAll();
                // No physical key: the server finds one for the euro sign.
                connection.input().key(new KeyInput(0x20ac, 0, true));
                connection.input().key(new KeyInput(0x20ac, 0, false));
                String text = "";
                for (int i = 0; i < 200 && count(text, "KeyRelease") < 4; i++) {
                    Thread.sleep(50);
                    text = Files.readString(log);
                }
                assertThat(buttons(text)).containsExactly(3, 5, 6);
                assertThat(text).contains("keycode 38 (keysym 0x61, a)", "keysym 0x51, Q");
                // Shift goes up after the letter; the fourth key has been given a place of its own by the server.
                assertThat(text.indexOf("keysym 0x71, q")).isNegative();
                assertThat(count(text, "KeyPress")).isEqualTo(4);
            } finally {
                xev.destroy();
                xev.waitFor();
            }
        }
    }

    private static long count(String log, String event) {
        return log.lines().filter(line -> line.startsWith(event)).count();
    }

    private static List<Integer> buttons(String log) {
        return log.lines()
                .map(String::strip)
                .collect(
                        ArrayList::new,
                        (List<Integer> found, String line) -> {
                            int at = line.indexOf(", button ");
                            if (at >= 0) {
                                int number = Integer.parseInt(line.substring(at + 9, line.indexOf(',', at + 9)));
                                if (found.isEmpty() || found.get(found.size() - 1) != number) {
                                    found.add(number);
                                }
                            }
                        },
                        List::addAll);
    }

    @Test
    void sendsNothingWhenOnlyWatching() throws Exception {
        MemorySink sink = new MemorySink();
        DisplayRequest watching = new DisplayRequest(Credentials.NONE, true, true, true);
        try (DisplayConnection connection =
                new RfbProtocol().connect(endpoint, watching, sink, new ListenerLog(), TaskContext.silent())) {
            connection.requestSize(700, 500);
            connection.input().key(new KeyInput('x', 45, true));
            connection.input().releaseAll();
            sink.await(picture -> picture.width() == 640);
            assertThat(server.screenshot().width()).isEqualTo(640);
        }
    }

    @Test
    void logsInWithAPassword(@TempDir Path other) throws Exception {
        Path socket = other.resolve("rfb");
        Path password = Files.write(other.resolve("password"), VncPasswords.obfuscated("sécret"));
        try (XServerPeer guarded = XServerPeer.xvnc(
                other,
                "-geometry",
                "320x200",
                "-SecurityTypes",
                "VncAuth",
                "-PasswordFile",
                password.toString(),
                "-rfbport",
                "-1",
                "-rfbunixpath",
                socket.toString())) {
            SocketEndpoint there = new SocketEndpoint(UnixDomainSocketAddress.of(socket), true);
            assertThat(guarded.display()).isNotEmpty();
            login(there, "sécret").close();
            assertThatThrownBy(() -> login(there, "wrong"))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("did not accept");
            assertThatThrownBy(() -> login(there, null))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("password");
        }
    }

    private static DisplayConnection login(SocketEndpoint there, @Nullable String password) throws Exception {
        Credentials credentials =
                (realm, needUser) -> Optional.ofNullable(password).map(p -> new Credentials.Login("", p));
        return new RfbProtocol()
                .connect(
                        there,
                        new DisplayRequest(credentials, true, false, true),
                        new MemorySink(),
                        new ListenerLog(),
                        TaskContext.silent());
    }
}
