/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        Path keys = Files.createDirectory(folder.resolve("keys"));
        Certificates certificates = new Certificates(keys);
        certificates.authority("ca");
        certificates.signed("machine", "ca", "DNS:machine.example", 30);
        // The names that QEMU looks for.
        Files.copy(certificates.file("ca"), keys.resolve("ca-cert.pem"));
        Files.copy(certificates.file("machine"), keys.resolve("server-cert.pem"));
        Files.copy(certificates.key("machine"), keys.resolve("server-key.pem"));
        Files.writeString(keys.resolve("password"), "geheim");
        qemu = new ProcessBuilder(
                        "qemu-system-x86_64",
                        "-nodefaults",
                        "-vga",
                        "std",
                        "-m",
                        "64",
                        "-display",
                        "vnc=unix:" + folder.resolve("vnc"),
                        "-object",
                        "secret,id=password,file=" + keys.resolve("password"),
                        "-object",
                        "tls-creds-anon,id=anon,endpoint=server",
                        "-object",
                        "tls-creds-x509,id=x509,endpoint=server,verify-peer=off,dir=" + keys,
                        "-vnc",
                        "unix:" + folder.resolve("VncAuth") + ",id=v1,password-secret=password",
                        "-vnc",
                        "unix:" + folder.resolve("TLSNone") + ",id=v2,tls-creds=anon",
                        "-vnc",
                        "unix:" + folder.resolve("TLSVnc") + ",id=v3,tls-creds=anon,password-secret=password",
                        "-vnc",
                        "unix:" + folder.resolve("X509None") + ",id=v4,tls-creds=x509",
                        "-vnc",
                        "unix:" + folder.resolve("X509Vnc") + ",id=v5,tls-creds=x509,password-secret=password",
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

    private static Picture screenshot() throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "screen", ".ppm");
        Files.delete(file);
        command("screendump " + file);
        byte[] bytes = new byte[0];
        for (int i = 0; i < 100; i++) {
            Thread.sleep(50);
            bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            Optional<Picture> picture = Pixmaps.read(bytes);
            if (picture.isPresent()) {
                return picture.get();
            }
        }
        throw new IOException("QEMU wrote no screenshot, only " + bytes.length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Encodings.RAW,
                Encodings.HEXTILE,
                Encodings.ZLIB,
                Encodings.ZRLE,
                Encodings.TIGHT,
                Encodings.TIGHT_PNG
            })
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

    @ParameterizedTest
    @CsvSource({
        "VncAuth, 1, not encrypted",
        "TLSNone, 0, TLSv1.2",
        "TLSVnc, 1, TLSv1.2",
        "X509None, 0, TLSv1.3",
        "X509Vnc, 1, TLSv1.3"
    })
    void showsTheSameThroughEachWayToLogIn(String type, int questions, String security) throws Exception {
        SocketEndpoint endpoint =
                new SocketEndpoint(UnixDomainSocketAddress.of(folder.resolve(type)), false, "machine.example");
        AtomicInteger asked = new AtomicInteger();
        List<ServerKey> keys = new ArrayList<>();
        MemorySink sink = new MemorySink();
        try (DisplayConnection connection = logIn(endpoint, "geheim", asked, keys, sink)) {
            sink.await(screenshot()::equals);
            assertThat(connection.statistics().security()).startsWith(security);
            assertThat(asked).hasValue(questions);
        }
        if (type.startsWith("X509")) {
            assertThat(keys.get(0).subject()).isEqualTo("CN=machine");
            assertThat(keys.get(0).doubts()).containsExactly(ServerKey.Doubt.UNKNOWN_ISSUER);
        } else {
            assertThat(keys).isEmpty();
        }
        if (questions > 0) {
            assertThatThrownBy(() -> logIn(endpoint, "falsch", asked, keys, new MemorySink()))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("did not accept");
        }
    }

    private static DisplayConnection logIn(
            SocketEndpoint endpoint, String password, AtomicInteger asked, List<ServerKey> keys, MemorySink sink)
            throws Exception {
        Credentials credentials = new Credentials() {
            @Override
            public Optional<Login> ask(String realm, boolean needUser) {
                asked.incrementAndGet();
                return Optional.of(new Login("", password));
            }

            @Override
            public boolean trust(ServerKey key) {
                keys.add(key);
                return true;
            }
        };
        return new RfbProtocol()
                .connect(
                        endpoint,
                        new DisplayRequest(credentials, true, true, true),
                        sink,
                        new ListenerLog(),
                        TaskContext.silent());
    }
}
