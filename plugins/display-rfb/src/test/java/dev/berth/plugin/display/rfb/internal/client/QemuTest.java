/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.testkit.display.ListenerLog;
import dev.berth.testkit.display.MemorySink;
import dev.berth.testkit.display.Picture;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The screen of a QEMU machine that finds nothing to boot from, frozen. */
@Timeout(120)
final class QemuTest {

    /** Fewer than the shortest screen that the firmware shows on its way; an empty screen has none. */
    private static final int SOME_TEXT = 200;

    @TempDir
    static Path folder;

    private static Process qemu;
    private static SocketChannel monitor;

    @BeforeAll
    static void start() throws Exception {
        qemu = new ProcessBuilder(
                        "qemu-system-x86_64",
                        "-nodefaults",
                        "-vga",
                        "std",
                        "-m",
                        "64",
                        "-display",
                        "vnc=unix:" + folder.resolve("vnc"),
                        "-monitor",
                        "unix:" + folder.resolve("monitor") + ",server,nowait")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("qemu.log").toFile())
                .start();
        monitor = connect(folder.resolve("monitor"));
        for (int i = 0; i < 300; i++) {
            if (lit(screenshot()) >= SOME_TEXT) {
                command("stop");
                // The firmware may have cleared the screen between the look and the stop.
                if (lit(screenshot()) >= SOME_TEXT) {
                    return;
                }
                command("cont");
            }
            Thread.sleep(100);
        }
        throw new IOException("QEMU shows no text");
    }

    private static SocketChannel connect(Path socket) throws Exception {
        IOException last = new IOException("no socket");
        for (int i = 0; i < 200; i++) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException notYet) {
                last = notYet;
                Thread.sleep(50);
            }
        }
        throw last;
    }

    @AfterAll
    static void stop() throws Exception {
        qemu.destroy();
        if (!qemu.waitFor(5, TimeUnit.SECONDS)) {
            qemu.destroyForcibly().waitFor();
        }
        monitor.close();
    }

    private static long lit(Picture picture) {
        return Arrays.stream(picture.rgb()).filter(pixel -> pixel != 0).count();
    }

    private static void command(String line) throws IOException {
        monitor.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** A portable pixmap: a head in words, then red, green and blue. */
    private static Picture screenshot() throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "screen", ".ppm");
        Files.delete(file);
        command("screendump " + file);
        byte[] bytes = new byte[0];
        for (int i = 0; i < 100; i++) {
            Thread.sleep(50);
            bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            String head = new String(bytes, 0, Math.min(bytes.length, 20), StandardCharsets.ISO_8859_1);
            String[] words = head.split("\\s");
            if (words.length > 3) {
                int width = Integer.parseInt(words[1]);
                int height = Integer.parseInt(words[2]);
                int start = bytes.length - 3 * width * height;
                if (start > 0) {
                    int[] rgb = new int[width * height];
                    for (int p = 0; p < rgb.length; p++) {
                        int at = start + 3 * p;
                        rgb[p] = (bytes[at] & 255) << 16 | (bytes[at + 1] & 255) << 8 | bytes[at + 2] & 255;
                    }
                    return new Picture(width, height, rgb);
                }
            }
        }
        throw new IOException("QEMU wrote no screenshot, only " + bytes.length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {Encodings.RAW, Encodings.HEXTILE, Encodings.ZLIB, Encodings.ZRLE, Encodings.TIGHT})
    void showsWhatTheServerHas(int encoding) throws Exception {
        SocketEndpoint endpoint = new SocketEndpoint(UnixDomainSocketAddress.of(folder.resolve("vnc")), true);
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = new RfbProtocol(new EncodingChoice(List.of(encoding), -1, 1))
                .connect(endpoint, DisplayRequest.defaults(), sink, new ListenerLog(), TaskContext.silent())) {
            Picture expected = screenshot();
            assertThat(lit(expected)).as("pixels of text").isGreaterThan(SOME_TEXT);
            sink.await(expected::equals);
            assertThat(connection.features()).contains(DisplayFeature.PHYSICAL_KEYS);
        }
    }
}
