/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every encoding there and back, and what servers must not say. */
final class DecodersTest {

    private static final int WIDTH = 301;
    private static final int HEIGHT = 203;

    private final Frame frame = new Frame();

    DecodersTest() {
        frame.set(new int[WIDTH * HEIGHT], WIDTH, HEIGHT);
    }

    private static Encoder.Part picture(Random random, int w, int h) {
        int[] rgb = new int[w * h];
        int colours = new int[] {1, 2, 3, 5, 16, 40, 200, 1 << 24}[random.nextInt(8)];
        int[] palette = random.ints(Math.min(colours, 256), 0, 1 << 24).toArray();
        int smooth = 1 + random.nextInt(30);
        int current = palette[0];
        for (int i = 0; i < rgb.length; i++) {
            if (random.nextInt(smooth) == 0) {
                current = colours > 256 ? random.nextInt(1 << 24) : palette[random.nextInt(palette.length)];
            }
            rgb[i] = current;
        }
        return new Encoder.Part(w, h, rgb);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {Encodings.RAW, Encodings.RRE, Encodings.HEXTILE, Encodings.ZLIB, Encodings.ZRLE, Encodings.TIGHT})
    void decodesWhatWasEncoded(int encoding) throws Exception {
        Random random = new Random(encoding);
        Encoder encoder = new Encoder(random);
        int[] expected = new int[WIDTH * HEIGHT];
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
            for (int round = 0; round < 150; round++) {
                int w = 1 + random.nextInt(round % 10 == 0 ? WIDTH : 70);
                int h = 1 + random.nextInt(round % 10 == 0 ? HEIGHT : 70);
                int x = random.nextInt(WIDTH - w + 1);
                int y = random.nextInt(HEIGHT - h + 1);
                Encoder.Part part = picture(random, w, h);
                for (int row = 0; row < h; row++) {
                    System.arraycopy(part.rgb(), row * w, expected, (y + row) * WIDTH + x, w);
                }
                byte[] bytes = switch (encoding) {
                    case Encodings.RAW -> encoder.raw(part);
                    case Encodings.RRE -> encoder.rre(part);
                    case Encodings.HEXTILE -> encoder.hextile(part);
                    case Encodings.ZLIB -> encoder.zlib(part);
                    case Encodings.ZRLE -> encoder.zrle(part);
                    default -> encoder.tight(part);
                };
                RfbInput in = new RfbInput(bytes, 0, bytes.length);
                decoders.decode(encoding, in, frame, x, y, w, h);
                decoders.finish();
                assertThat(in.available()).as("round %d", round).isZero();
                assertThat(rgb()).as("round %d, %dx%d", round, w, h).isEqualTo(expected);
            }
        }
    }

    private int[] rgb() {
        int[] rgb = frame.pixels().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] &= 0xffffff;
        }
        return rgb;
    }

    @Test
    void copiesInEveryDirection() throws Exception {
        Random random = new Random(7);
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
            for (int round = 0; round < 50; round++) {
                Encoder.Part all = picture(random, WIDTH, HEIGHT);
                System.arraycopy(all.rgb(), 0, frame.pixels(), 0, all.rgb().length);
                int w = 1 + random.nextInt(100);
                int h = 1 + random.nextInt(100);
                int fromX = random.nextInt(WIDTH - w + 1);
                int fromY = random.nextInt(HEIGHT - h + 1);
                int x = Math.max(0, Math.min(WIDTH - w, fromX + random.nextInt(21) - 10));
                int y = Math.max(0, Math.min(HEIGHT - h, fromY + random.nextInt(21) - 10));
                int[] expected = all.rgb().clone();
                Encoder.Part moved = all.part(fromX, fromY, w, h);
                for (int row = 0; row < h; row++) {
                    System.arraycopy(moved.rgb(), row * w, expected, (y + row) * WIDTH + x, w);
                }
                Encoder.Bytes bytes = new Encoder.Bytes();
                bytes.u16(fromX);
                bytes.u16(fromY);
                decoders.decode(Encodings.COPY_RECT, input(bytes.toByteArray()), frame, x, y, w, h);
                assertThat(frame.pixels()).isEqualTo(expected);
            }
        }
    }

    private static RfbInput input(byte[] bytes) {
        return new RfbInput(bytes, 0, bytes.length);
    }

    private void refuses(int encoding, int x, int y, int w, int h, String hex) {
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
            byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
            assertThatThrownBy(() -> {
                        decoders.decode(encoding, input(bytes), frame, x, y, w, h);
                        decoders.finish();
                    })
                    .isInstanceOfAny(RfbException.class, EOFException.class);
        }
    }

    @Test
    void refusesWhatLiesOutside() {
        refuses(Encodings.RAW, WIDTH - 1, 0, 2, 1, "00000000 00000000");
        refuses(Encodings.RAW, 0, 0xffff, 1, 1, "00000000");
        refuses(Encodings.COPY_RECT, 0, 0, 10, 10, "ffff 0000");
        refuses(Encodings.COPY_RECT, 0, 0, 10, 10, "0128 0000");
        refuses(Encodings.RRE, 0, 0, 10, 10, "00000001 00000000 00ff0000 0009 0009 0002 0001");
        refuses(Encodings.RRE, 0, 0, 10, 10, "7fffffff 00000000");
        refuses(Encodings.HEXTILE, 0, 0, 10, 10, "0e 00000000 00ff0000 01 99 10");
    }

    @Test
    void refusesBrokenTiles() {
        // Nothing compressed at all, a negative length, an absurd one, garbage.
        refuses(Encodings.ZRLE, 0, 0, 10, 10, "00000000");
        refuses(Encodings.ZRLE, 0, 0, 10, 10, "ffffffff");
        refuses(Encodings.ZLIB, 0, 0, 10, 10, "7fffffff");
        refuses(Encodings.ZLIB, 0, 0, 10, 10, "00000004 01020304");
        refuses(Encodings.TIGHT, 0, 0, 10, 10, "f0");
        refuses(Encodings.TIGHT, 0, 0, 10, 10, "40 07 00");
        refuses(Encodings.TIGHT, 0, 0, 10, 10, "90 04 01020304");
        refuses(Encodings.TIGHT, 0, 0, 10, 10, "00 00");
    }

    @Test
    void refusesMoreOrFewerPixelsThanTheRectangleHas() {
        Random random = new Random(3);
        Encoder encoder = new Encoder(random);
        for (int encoding : new int[] {Encodings.ZLIB, Encodings.ZRLE, Encodings.TIGHT}) {
            for (int h : new int[] {40, 42}) {
                Encoder.Part part = new Encoder.Part(
                        50, 41, random.ints(50 * 41, 0, 1 << 24).toArray());
                byte[] bytes = switch (encoding) {
                    case Encodings.ZLIB -> encoder.zlib(part);
                    case Encodings.ZRLE -> encoder.zrle(part);
                    default -> encoder.tight(part);
                };
                try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
                    assertThatThrownBy(() -> {
                                decoders.decode(encoding, input(bytes), frame, 0, 0, 50, h);
                                decoders.finish();
                            })
                            .as("encoding %d, height %d", encoding, h)
                            .isInstanceOf(RfbException.class);
                }
                encoder = new Encoder(random);
            }
        }
    }

    @Test
    void inflatesNoBomb() {
        // 64 MB of zeros behind a rectangle of 16 pixels: stops at the 17th.
        Encoder encoder = new Encoder(new Random(1));
        byte[] bytes = encoder.zlib(new Encoder.Part(4096, 4096, new int[4096 * 4096]));
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
            assertThatThrownBy(() -> decoders.decode(Encodings.ZLIB, input(bytes), frame, 0, 0, 4, 4))
                    .isInstanceOf(RfbException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_INDEXED})
    void decodesPng(int type) throws Exception {
        Random random = new Random(type);
        BufferedImage image = new BufferedImage(37, 23, type);
        int colours = image.getColorModel() instanceof IndexColorModel map ? map.getMapSize() : 256;
        int bands = image.getRaster().getNumBands();
        for (int i = 0; i < 37 * 23 * bands; i++) {
            image.getRaster().setSample(i / bands % 37, i / bands / 37, i % bands, random.nextInt(colours));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        Encoder.Bytes bytes = new Encoder.Bytes();
        bytes.u8(0xa0);
        Encoder.compactLength(bytes, png.size());
        bytes.all(png.toByteArray());
        bytes.u8(0x80);
        bytes.tpixel(0x102030);
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
            RfbInput in = input(bytes.toByteArray());
            decoders.decode(Encodings.TIGHT_PNG, in, frame, 5, 7, 37, 23);
            decoders.decode(Encodings.TIGHT_PNG, in, frame, 0, 0, 2, 2);
            decoders.finish();
        }
        for (int i = 0; i < 37 * 23; i++) {
            int expected = bands == 1 && colours == 256 && type == BufferedImage.TYPE_BYTE_GRAY
                    ? image.getRaster().getSample(i % 37, i / 37, 0) * 0x010101
                    : image.getRGB(i % 37, i / 37) & 0xffffff;
            assertThat(rgb()[(7 + i / 37) * WIDTH + 5 + i % 37]).isEqualTo(expected);
        }
        assertThat(rgb()[0]).isEqualTo(0x102030);
        refuses(Encodings.TIGHT_PNG, 0, 0, 37, 22, HexFormat.of().formatHex(bytes.toByteArray()));
        refuses(Encodings.TIGHT_PNG, 0, 0, 4, 4, "a0 04 01020304");
    }

    @Test
    void readsOtherPixelFormats() throws Exception {
        // 16 bits, 5-6-5, big endian; 32 bits with red on top, big endian; 8 bits, 3-3-2.
        Object[][] cases = {
            {"10 10 01 01 001f 003f 001f 0b 05 00 000000", "f800 07e0", 0xff0000, 0x00ff00},
            {"20 18 01 01 00ff 00ff 00ff 18 10 08 000000", "ff000000 00ff0000", 0xff0000, 0x00ff00},
            {"20 18 00 ff 00ff 00ff 00ff 00 08 10 000000", "ff000000 00ff0000", 0xff0000, 0x00ff00},
            {"08 08 00 01 0007 0007 0003 00 03 06 000000", "07 38", 0xff0000, 0x00ff00},
        };
        for (Object[] one : cases) {
            byte[] structure = HexFormat.of().parseHex(((String) one[0]).replace(" ", ""));
            PixelFormat format = PixelFormat.read(input(structure));
            byte[] pixels = HexFormat.of().parseHex(((String) one[1]).replace(" ", ""));
            try (RectangleDecoders decoders = new RectangleDecoders(format)) {
                decoders.decode(Encodings.RAW, input(pixels), frame, 0, 0, 2, 1);
            }
            assertThat(rgb()[0]).as(format.toString()).isEqualTo(one[2]);
            assertThat(rgb()[1]).as(format.toString()).isEqualTo(one[3]);
        }
    }
}
