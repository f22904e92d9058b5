/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.rfb;

import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.recording.Recorder;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records a server that wants no login, with red in the low byte of a pixel, as other decoders expect it. */
public final class RfbRecord {

    /** 32 bits, depth 24, little endian, 0xBBGGRR. */
    private static final byte[] FORMAT = {32, 24, 0, 1, 0, (byte) 255, 0, (byte) 255, 0, (byte) 255, 0, 8, 16, 0, 0, 0};

    private RfbRecord() {}

    /** Arguments: the unix socket, the file to write, seconds, the encoding, and for Tight a quality (-1 for exact pixels). */
    public static void main(String[] args) throws IOException {
        if (args.length < 4) {
            System.err.println("usage: rfb-record SOCKET FILE SECONDS raw|hextile|zlib|zrle|tight [QUALITY]");
            System.exit(2);
        }
        List<Integer> encodings = new ArrayList<>(List.of(Encodings.COPY_RECT));
        encodings.add(
                switch (args[3].toLowerCase(Locale.ROOT)) {
                    case "raw" -> Encodings.RAW;
                    case "hextile" -> Encodings.HEXTILE;
                    case "zlib" -> Encodings.ZLIB;
                    case "zrle" -> Encodings.ZRLE;
                    case "tight" -> Encodings.TIGHT;
                    default -> throw new IllegalArgumentException("unknown encoding " + args[3]);
                });
        encodings.add(Encodings.CURSOR);
        encodings.add(Encodings.LAST_RECT);
        encodings.add(Encodings.compression(2));
        int quality = args.length > 4 ? Integer.parseInt(args[4]) : -1;
        if (quality >= 0) {
            encodings.add(Encodings.quality(quality));
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
            RfbInput in = new RfbInput(channel);
            in.skip(12);
            channel.write(ByteBuffer.wrap("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII)));
            in.skip(in.u8());
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            if (in.s32() != 0) {
                throw new IOException("the server wants a login");
            }
            PixelFormat format = PixelFormat.read(new RfbInput(FORMAT, 0, FORMAT.length));
            new Recorder(channel, format, encodings)
                    .record(Path.of(args[1]), Duration.ofSeconds(Long.parseLong(args[2])));
        }
    }
}
