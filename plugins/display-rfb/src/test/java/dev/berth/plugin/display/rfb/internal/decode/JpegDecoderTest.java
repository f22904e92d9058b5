/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JPEG encoding: pictures without a length, and without the tables that came before. */
final class JpegDecoderTest {

    private static final int W = 61;
    private static final int H = 43;

    private final Frame frame = new Frame();

    JpegDecoderTest() {
        frame.set(new int[80 * 60], 80, 60);
    }

    private static BufferedImage slope(int seed) {
        BufferedImage image = new BufferedImage(W, H, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                image.setRGB(x, y, (x * 3 + seed) % 256 << 16 | y * 4 << 8 | (x + y + seed) % 256);
            }
        }
        return image;
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpeg", bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** The picture without its quantization and Huffman tables. */
    private static byte[] withoutTables(byte[] jpeg) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(jpeg, 0, 2);
        int p = 2;
        while ((jpeg[p + 1] & 0xff) != 0xda) {
            int marker = jpeg[p + 1] & 0xff;
            int length = 2 + ((jpeg[p + 2] & 0xff) << 8 | jpeg[p + 3] & 0xff);
            if (marker != 0xdb && marker != 0xc4) {
                rest.write(jpeg, p, length);
            }
            p += length;
        }
        rest.write(jpeg, p, jpeg.length - p);
        return rest.toByteArray();
    }

    private void assertShows(byte[] jpeg) throws IOException {
        Frame alone = new Frame();
        alone.set(new int[W * H], W, H);
        ImageIoPicture.jpeg().decode(jpeg, 0, jpeg.length, alone, 0, 0, W, H, false);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                int expected = alone.pixels()[y * W + x];
                int decoded = frame.pixels()[(y + 9) * 80 + x + 7];
                for (int shift = 0; shift <= 16; shift += 8) {
                    // Decoders round differently where chrominance has half the size.
                    assertThat((decoded >> shift & 255) - (expected >> shift & 255))
                            .as("%d,%d", x, y)
                            .isBetween(-48, 48);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void decodesPicturesWithAndWithoutTables(boolean nativeJpeg) throws Exception {
        byte[] first = jpeg(slope(0));
        byte[] second = jpeg(slope(90));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.write(first);
        wire.write(withoutTables(second));
        assertThat(wire.size()).isLessThan(first.length + second.length - 400);
        RfbInput in = new RfbInput(wire.toByteArray(), 0, wire.size());
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH, nativeJpeg)) {
            decoders.decode(Encodings.JPEG, in, frame, 7, 9, W, H);
            assertShows(first);
            decoders.decode(Encodings.JPEG, in, frame, 7, 9, W, H);
            assertShows(second);
            assertThat(in.available()).isZero();
            assertThat(decoders.pixels(Encodings.JPEG)).isEqualTo(2L * W * H);
        }
    }

    @Test
    void refusesWhatIsBroken() throws Exception {
        byte[] good = jpeg(slope(0));
        byte[] cut = new byte[good.length - 2];
        System.arraycopy(good, 0, cut, 0, cut.length);
        assertThatThrownBy(() -> decode(cut, W, H)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> decode(good, W + 1, H))
                .isInstanceOf(RfbException.class)
                .hasMessageContaining("size");
        assertThatThrownBy(() -> decode(new byte[] {1, 2, 3, 4}, W, H)).isInstanceOf(RfbException.class);
        byte[] restart = good.clone();
        restart[3] = (byte) 0xd0;
        assertThatThrownBy(() -> decode(restart, W, H)).isInstanceOf(RfbException.class);
    }

    @Test
    void doesNotTakeWithoutEnd() {
        byte[] endless = new byte[1 << 20];
        endless[0] = (byte) 0xff;
        endless[1] = (byte) 0xd8;
        endless[2] = (byte) 0xff;
        endless[3] = (byte) 0xda;
        endless[5] = 2;
        assertThatThrownBy(() -> decode(endless, W, H))
                .isInstanceOf(RfbException.class)
                .hasMessageContaining("cannot need");
        Arrays.fill(endless, 2, endless.length, (byte) 0xff);
        assertThatThrownBy(() -> decode(endless, W, H))
                .isInstanceOf(RfbException.class)
                .hasMessageContaining("cannot need");
    }

    private void decode(byte[] bytes, int w, int h) throws IOException {
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH)) {
            decoders.decode(Encodings.JPEG, new RfbInput(bytes, 0, bytes.length), frame, 0, 0, w, h);
        }
    }
}
