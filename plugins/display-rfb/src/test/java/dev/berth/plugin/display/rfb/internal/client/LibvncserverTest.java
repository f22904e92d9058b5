/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.testkit.display.ListenerLog;
import dev.berth.testkit.display.MemorySink;
import dev.berth.testkit.display.Picture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** libvncserver itself, with the pixels that it likes: 32, 16 and 8 bits, a colour map. */
@Timeout(120)
final class LibvncserverTest {

    private static final String TEXT = "Grüße, €, 漢字, \ud83d\ude80\nsecond line";

    @TempDir
    static Path programs;

    @TempDir
    Path folder;

    private static Path program;

    @BeforeAll
    static void compile() throws Exception {
        program = LibvncserverPeer.compile(programs);
    }

    private static DisplayConnection connect(
            LibvncserverPeer peer, EncodingChoice choice, String password, MemorySink sink, ListenerLog log)
            throws Exception {
        Credentials credentials = (realm, needUser) -> Optional.of(new Credentials.Login("", password));
        return new RfbProtocol(choice)
                .connect(
                        peer.endpoint(),
                        new DisplayRequest(credentials, true, false, true),
                        sink,
                        log,
                        TaskContext.silent());
    }

    private static EncodingChoice only(int encoding) {
        return new EncodingChoice(List.of(encoding), -1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Encodings.RAW,
                Encodings.RRE,
                Encodings.CORRE,
                Encodings.HEXTILE,
                Encodings.ZLIB,
                Encodings.ZRLE,
                Encodings.TIGHT,
                Encodings.TIGHT_PNG
            })
    void showsWhatTheServerHas(int encoding) throws Exception {
        try (LibvncserverPeer peer = new LibvncserverPeer(program, folder, "32", "333", "222")) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(peer, only(encoding), "", sink, new ListenerLog())) {
                sink.await(peer.screenshot()::equals);
                assertThat(connection.statistics().pixels()).isEqualTo(333 * 222);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 7", "16, 16", "8, 5", "map, 7", "map, 16", "map, 0"})
    void showsItWhateverPixelsTheServerLikes(String bits, int encoding) throws Exception {
        try (LibvncserverPeer peer = new LibvncserverPeer(program, folder, bits, "333", "222")) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(peer, only(encoding), "", sink, new ListenerLog())) {
                Picture expected = peer.screenshot();
                // The server's tables round down where the picture here rounds to the nearest.
                sink.await(picture -> farthest(picture, expected) <= 4);
                assertThat(connection.statistics().updates()).isPositive();
            }
        }
    }

    /** The largest difference of a channel; more than any if the sizes differ. */
    private static int farthest(Picture one, Picture other) {
        if (one.width() != other.width() || one.height() != other.height()) {
            return 256;
        }
        int most = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (one.rgb()[i] >> shift & 255) - (other.rgb()[i] >> shift & 255);
                most = Math.max(most, Math.abs(difference));
            }
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void showsNearlyThatWithJpeg(int quality) throws Exception {
        try (LibvncserverPeer peer = new LibvncserverPeer(program, folder, "32", "333", "222")) {
            MemorySink sink = new MemorySink();
            EncodingChoice choice = new EncodingChoice(List.of(Encodings.TIGHT), quality, 2);
            try (DisplayConnection connection = connect(peer, choice, "", sink, new ListenerLog())) {
                Picture expected = peer.screenshot();
                sink.await(picture -> picture.psnr(expected) > 20 + quality);
                assertThat(connection.statistics().pixels()).isEqualTo(333 * 222);
            }
        }
    }

    @Test
    void asksForThePassword() throws Exception {
        try (LibvncserverPeer peer = new LibvncserverPeer(program, folder, "32", "64", "48", "geheim")) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection =
                    connect(peer, only(Encodings.ZRLE), "geheim", sink, new ListenerLog())) {
                sink.await(peer.screenshot()::equals);
                assertThat(connection.statistics().security()).startsWith("not encrypted");
            }
            assertThatThrownBy(() -> connect(peer, only(Encodings.ZRLE), "falsch", new MemorySink(), new ListenerLog()))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("did not accept");
        }
    }

    @Test
    void followsItsOwnSizeAndTheServers() throws Exception {
        try (LibvncserverPeer peer = new LibvncserverPeer(program, folder, "32", "320", "200")) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(peer, only(Encodings.TIGHT), "", sink, new ListenerLog())) {
                sink.await(peer.screenshot()::equals);
                connection.requestSize(413, 307);
                peer.await("size 413 307"::equals);
                sink.await(peer.screenshot()::equals);
                peer.command("size 200 333");
                sink.await(picture -> picture.width() == 200);
                sink.await(peer.screenshot()::equals);
                assertThat(connection.features()).contains(DisplayFeature.RESIZE);
            }
        }
    }

    @Test
    void exchangesText() throws Exception {
        try (LibvncserverPeer peer = new LibvncserverPeer(program, folder, "32", "64", "48")) {
            MemorySink sink = new MemorySink();
            ListenerLog log = new ListenerLog();
            try (DisplayConnection connection = connect(peer, only(Encodings.RAW), "", sink, log)) {
                sink.await(peer.screenshot()::equals);
                connection.offerClipboard(ClipboardOffer.ofText(TEXT));
                String hex = peer.await(line -> line.startsWith("clip ")).substring(5);
                assertThat(new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8).replace("\r\n", "\n"))
                        .isEqualTo(TEXT);
                byte[] theirs = (TEXT + "!").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
                peer.command("clip " + HexFormat.of().formatHex(theirs));
                ClipboardOffer offer =
                        log.await(ClipboardOffer.class, o -> o.types().contains(ClipboardOffer.TEXT));
                assertThat(new String(offer.read(ClipboardOffer.TEXT, TaskContext.silent()), StandardCharsets.UTF_8))
                        .isEqualTo(TEXT + "!");
            }
        }
    }
}
