/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.ServerKey;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.recording.Recorder;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the files in {@code src/test/resources/corpus} anew: what Xvnc says in small pictures of each encoding and some pixel
 * formats, and how it greets with each security type. Run by hand, with that folder and one for scratch as arguments.
 */
public final class RecordCorpus {

    private static final Duration TIME = Duration.ofMillis(600);

    private static final Map<String, String> FORMATS = Map.of(
            "bgr32", "20180001 00ff00ff00ff 100800 000000",
            "rgb32", "20180001 00ff00ff00ff 000810 000000",
            "big32", "20180101 00ff00ff00ff 100800 000000",
            "big16", "10100101 001f003f001f 0b0500 000000",
            "rgb8", "08080001 000700070003 000306 000000");

    private RecordCorpus() {}

    /** Records. */
    public static void main(String[] arguments) throws Exception {
        Path corpus = Files.createDirectories(Path.of(arguments[0]));
        Path scratch = Files.createDirectories(Path.of(arguments[1]));
        screens(corpus, Files.createDirectories(scratch.resolve("screen")));
        for (String type : List.of("None", "VncAuth", "TLSVnc", "X509Vnc")) {
            greeting(corpus, Files.createDirectories(scratch.resolve(type)), type);
        }
        System.exit(0);
    }

    private static void screens(Path corpus, Path place) throws Exception {
        Path socket = place.resolve("rfb");
        try (XServerPeer server = XServerPeer.xvnc(
                place,
                "-geometry",
                "72x40",
                "-SecurityTypes",
                "None",
                "-rfbport",
                "-1",
                "-rfbunixpath",
                socket.toString())) {
            server.run("xsetroot", "-mod", "7", "5", "-fg", "#123456", "-bg", "#a0b0c0");
            server.start("xlogo", "-geometry", "50x30+2+2", "-fg", "blue");
            server.start("xclock", "-geometry", "30x30+40+5", "-update", "1");
            Thread.sleep(1500);
            Map<String, List<Integer>> encodings = Map.of(
                    "raw", List.of(Encodings.RAW),
                    "rre", List.of(Encodings.RRE),
                    "hextile", List.of(Encodings.HEXTILE),
                    "tight", List.of(Encodings.TIGHT, Encodings.compression(2)),
                    "jpeg", List.of(Encodings.TIGHT, Encodings.quality(5)),
                    "zrle", List.of(Encodings.ZRLE),
                    "pseudo",
                            List.of(
                                    Encodings.TIGHT,
                                    Encodings.COPY_RECT,
                                    Encodings.EXTENDED_DESKTOP_SIZE,
                                    Encodings.LAST_RECT,
                                    Encodings.CURSOR_WITH_ALPHA,
                                    Encodings.CURSOR,
                                    Encodings.DESKTOP_NAME,
                                    Encodings.QEMU_LIGHTS,
                                    Encodings.QEMU_KEYS));
            for (Map.Entry<String, List<Integer>> each : encodings.entrySet()) {
                for (Map.Entry<String, String> format : FORMATS.entrySet()) {
                    boolean plain = format.getKey().equals("bgr32");
                    if (plain || !each.getKey().equals("raw") && !each.getKey().equals("pseudo")) {
                        Path file = corpus.resolve("xvnc-" + each.getKey() + "-" + format.getKey() + ".rfb");
                        record(socket, file, format(format.getValue()), each.getValue());
                    }
                }
            }
        }
    }

    private static PixelFormat format(String hex) throws IOException {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        return PixelFormat.read(new RfbInput(bytes, 0, bytes.length));
    }

    private static void record(Path socket, Path file, PixelFormat format, List<Integer> encodings) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer greeting = ByteBuffer.allocate(12);
            channel.read(greeting);
            channel.write(greeting.flip());
            RfbInput in = new RfbInput(channel);
            in.skip(in.u8());
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            in.s32();
            new Recorder(channel, format, encodings).record(file, TIME);
        }
        Files.delete(file.resolveSibling(file.getFileName() + ".times"));
    }

    private static void greeting(Path corpus, Path place, String type) throws Exception {
        Certificates certificates = new Certificates(place);
        certificates.selfSigned("desk", "subjectAltName=DNS:desk.example", 30);
        Path password = Files.write(place.resolve("password"), VncPasswords.obfuscated("geheim"));
        Path socket = place.resolve("rfb");
        try (XServerPeer server = XServerPeer.xvnc(
                place,
                "-geometry",
                "72x40",
                "-SecurityTypes",
                type,
                "-PasswordFile",
                password.toString(),
                "-X509Cert",
                certificates.file("desk").toString(),
                "-X509Key",
                certificates.key("desk").toString(),
                "-rfbport",
                "-1",
                "-rfbunixpath",
                socket.toString())) {
            System.out.println(type + " " + server);
            Credentials person = new Credentials() {
                @Override
                public Optional<Login> ask(String realm, boolean needUser) {
                    return Optional.of(new Login("", "geheim"));
                }

                @Override
                public boolean trust(ServerKey key) {
                    return true;
                }
            };
            Heard heard = new Heard(UnixDomainSocketAddress.of(socket));
            try (ByteChannel channel = heard.open(TaskContext.silent())) {
                DisplayRequest request = new DisplayRequest(person, true, false, true);
                new Handshake(channel, request, person, heard).perform();
            }
            Files.write(corpus.resolve("xvnc-" + type + ".hello"), heard.bytes.toByteArray());
        }
    }

    /** Keeps what is read. */
    private record Heard(SocketAddress address, ByteArrayOutputStream bytes) implements Endpoint {
        Heard(SocketAddress address) {
            this(address, new ByteArrayOutputStream());
        }

        @Override
        public ByteChannel open(TaskContext context) throws DisplayException {
            SocketChannel channel;
            try {
                channel = SocketChannel.open(address);
            } catch (IOException e) {
                throw new DisplayException("display.connect", "Nothing answers.", e);
            }
            return new ByteChannel() {
                @Override
                public int read(ByteBuffer to) throws IOException {
                    int from = to.position();
                    int n = channel.read(to);
                    for (int i = 0; i < n; i++) {
                        bytes.write(to.get(from + i));
                    }
                    return n;
                }

                @Override
                public int write(ByteBuffer out) throws IOException {
                    return channel.write(out);
                }

                @Override
                public boolean isOpen() {
                    return channel.isOpen();
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        public String describe() {
            return "there";
        }
    }
}
