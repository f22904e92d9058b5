/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.ServerKey;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** wayvnc beside sway: a Wayland desktop, and neatvnc's encoders. */
@Timeout(120)
final class WayvncTest {

    private static final String TEXT = "Grüße, €, 漢字, \ud83d\ude80\nsecond line";

    @TempDir
    static Path folder;

    private static WaylandPeer server;
    private static int servers;

    @BeforeAll
    static void start() throws Exception {
        server = new WaylandPeer(folder, "640x480");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A server for each test: this version of wayvnc may crash when a client goes. */
    private static Path open() throws Exception {
        return server.wayvnc("open-" + servers++, "address=127.0.0.1");
    }

    private static DisplayConnection connect(Path socket, EncodingChoice choice, MemorySink sink, ListenerLog log)
            throws Exception {
        return new RfbProtocol(choice)
                .connect(
                        new SocketEndpoint(UnixDomainSocketAddress.of(socket), true),
                        DisplayRequest.defaults(),
                        sink,
                        log,
                        TaskContext.silent());
    }

    private static EncodingChoice only(int encoding) {
        return new EncodingChoice(List.of(encoding), -1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Encodings.RAW, Encodings.ZRLE, Encodings.TIGHT})
    void showsWhatTheServerHas(int encoding) throws Exception {
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = connect(open(), only(encoding), sink, new ListenerLog())) {
            sink.await(server.screenshot()::equals);
            assertThat(connection.statistics().encoding()).isEqualTo(Encodings.name(encoding));
            assertThat(connection.features()).contains(DisplayFeature.PHYSICAL_KEYS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void showsNearlyThatWithJpeg(int quality) throws Exception {
        MemorySink sink = new MemorySink();
        EncodingChoice choice = new EncodingChoice(List.of(Encodings.TIGHT), quality, 2);
        try (DisplayConnection connection = connect(open(), choice, sink, new ListenerLog())) {
            Picture expected = server.screenshot();
            sink.await(picture -> picture.psnr(expected) > 22 + quality);
            assertThat(connection.statistics().encoding()).isEqualTo(Encodings.name(Encodings.TIGHT));
        }
    }

    @Test
    void hearsWhatIsCopiedThere() throws Exception {
        ListenerLog log = new ListenerLog();
        Path text = Files.writeString(folder.resolve("text"), TEXT);
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = connect(open(), only(Encodings.ZRLE), sink, log)) {
            sink.await(server.screenshot()::equals);
            server.copy(text);
            ClipboardOffer offer =
                    log.await(ClipboardOffer.class, o -> o.types().contains(ClipboardOffer.TEXT));
            assertThat(new String(offer.read(ClipboardOffer.TEXT, TaskContext.silent()), StandardCharsets.UTF_8))
                    .isEqualTo(TEXT);
            assertThat(connection.features()).contains(DisplayFeature.CLIPBOARD_TEXT);
        }
    }

    @Test
    void tellsItWhatIsCopiedHere() throws Exception {
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = connect(open(), only(Encodings.ZRLE), sink, new ListenerLog())) {
            sink.await(server.screenshot()::equals);
            // neatvnc of this version knows the old clipboard only.
            connection.offerClipboard(ClipboardOffer.ofText("plain text"));
            String pasted = "";
            for (int i = 0; i < 100 && !pasted.equals("plain text"); i++) {
                Thread.sleep(50);
                try {
                    pasted = new String(server.run("wl-paste", "--no-newline"), StandardCharsets.UTF_8);
                } catch (IOException nothingThereYet) {
                    pasted = "";
                }
            }
            assertThat(pasted).isEqualTo("plain text");
        }
    }

    @Test
    void showsItsCertificateAndAsksForAName(@TempDir Path place) throws Exception {
        Certificates certificates = new Certificates(place);
        certificates.selfSigned("desk", "subjectAltName=DNS:desk.example", 30);
        String certificate = "certificate_file=" + server.share(certificates.file("desk"));
        String key = "private_key_file=" + server.share(certificates.key("desk"));
        boolean shown = false;
        // This version of wayvnc crashes now and then in a login through TLS; then another one is tried.
        for (int i = 0; i < 5 && !shown; i++) {
            Path socket = server.wayvnc(
                    "guarded-" + i,
                    "address=127.0.0.1",
                    "enable_auth=true",
                    "username=anna",
                    "password=geheim",
                    certificate,
                    key);
            SocketEndpoint endpoint = new SocketEndpoint(UnixDomainSocketAddress.of(socket), false, "desk.example");
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = logIn(endpoint, "geheim", sink)) {
                sink.await(server.screenshot()::equals);
                assertThat(connection.statistics().security()).startsWith("TLSv1.3");
                shown = true;
            } catch (DisplayException e) {
                assertThat(server.lastHasDied()).as(e.getMessage()).isTrue();
            }
        }
        assertThat(shown).isTrue();
    }

    private static DisplayConnection logIn(SocketEndpoint endpoint, String password, MemorySink sink) throws Exception {
        Credentials credentials = new Credentials() {
            @Override
            public Optional<Login> ask(String realm, boolean needUser) {
                return Optional.of(new Login(needUser ? "anna" : "", password));
            }

            @Override
            public boolean trust(ServerKey key) {
                return key.subject().equals("CN=desk");
            }
        };
        return new RfbProtocol(only(Encodings.TIGHT))
                .connect(
                        endpoint,
                        new DisplayRequest(credentials, true, false, true),
                        sink,
                        new ListenerLog(),
                        TaskContext.silent());
    }
}
