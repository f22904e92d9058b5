/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** The decoder in Java beside the JDK's. */
final class BaselineJpegTest {

    private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

    private static final PictureDecoder NONE = new PictureDecoder() {
        @Override
        public void decode(byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean red) {
            throw new AssertionError("left to another decoder");
        }

        @Override
        public String name() {
            return "none";
        }
    };

    /** Slopes with a little noise: what chrominance of half size keeps. */
    private static BufferedImage slopes(int w, int h, boolean grey) {
        Random random = new Random(3);
        BufferedImage image = new BufferedImage(w, h, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int noise = random.nextInt(12);
                int red = (x * 2 + noise) % 240;
                int green = (y * 2 + noise) % 240;
                int blue = Math.min(255, (x + y) / 2 + noise);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static byte[] jpeg(BufferedImage image, float quality, int h, int v, int restart) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
        Element root = (Element) metadata.getAsTree(FORMAT);
        Element sequence = (Element) root.getElementsByTagName("markerSequence").item(0);
        Element light = (Element) root.getElementsByTagName("componentSpec").item(0);
        light.setAttribute("HsamplingFactor", Integer.toString(h));
        light.setAttribute("VsamplingFactor", Integer.toString(v));
        if (restart > 0) {
            IIOMetadataNode interval = new IIOMetadataNode("dri");
            interval.setAttribute("interval", Integer.toString(restart));
            sequence.insertBefore(interval, sequence.getFirstChild());
        }
        metadata.setFromTree(FORMAT, root);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static int[] decode(PictureDecoder decoder, byte[] jpeg, int w, int h, boolean redLow) throws IOException {
        Frame frame = new Frame();
        frame.set(new int[(w + 5) * (h + 5)], w + 5, h + 5);
        byte[] shifted = new byte[jpeg.length + 7];
        System.arraycopy(jpeg, 0, shifted, 7, jpeg.length);
        decoder.decode(shifted, 7, jpeg.length, frame, 3, 2, w, h, redLow);
        return frame.pixels();
    }

    /** Mean square difference of the channels. */
    private static double difference(int[] a, int[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                int d = (a[i] >> shift & 255) - (b[i] >> shift & 255);
                sum += d * d;
            }
        }
        return sum / a.length / 3;
    }

    @ParameterizedTest
    @CsvSource({
        "200, 120, 0.9, 1, 1, 0, false",
        "97, 61, 0.95, 1, 1, 5, false",
        "97, 61, 0.5, 2, 1, 0, false",
        "131, 77, 0.8, 2, 2, 0, false",
        "131, 77, 0.8, 2, 2, 3, false",
        "64, 99, 1.0, 1, 2, 0, false",
        "1, 1, 0.75, 2, 2, 0, false",
        "50, 40, 0.9, 1, 1, 0, true",
    })
    void decodesLikeTheJdk(int w, int h, float quality, int across, int down, int restart, boolean grey)
            throws IOException {
        byte[] jpeg = jpeg(slopes(w, h, grey), quality, across, down, restart);
        PictureDecoder java = new BaselineJpeg(NONE);
        int[] expected = decode(ImageIoPicture.jpeg(), jpeg, w, h, false);
        for (int i = 0; i < expected.length; i++) {
            expected[i] &= 0xffffff;
        }
        if (grey) {
            // The JDK takes grey for linear light; the samples are meant.
            Raster samples = ImageIO.read(new ByteArrayInputStream(jpeg)).getRaster();
            for (int i = 0; i < w * h; i++) {
                expected[(i / w + 2) * (w + 5) + i % w + 3] = samples.getSample(i % w, i / w, 0) * 0x010101;
            }
        }
        for (int round = 0; round < 2; round++) {
            int[] decoded = decode(java, jpeg, w, h, false);
            // With chrominance of full size all that differs is rounding; the JDK interpolates the smaller one.
            assertThat(difference(decoded, expected)).isLessThan(across * down == 1 ? 0.5 : 40);
            int[] swapped = decode(java, jpeg, w, h, true);
            for (int i = 0; i < swapped.length; i++) {
                swapped[i] = Integer.reverseBytes(swapped[i]) >>> 8;
            }
            assertThat(swapped).isEqualTo(decoded);
        }
    }

    @Test
    void leavesProgressivePicturesToAnother() throws IOException {
        BufferedImage image = slopes(60, 50, false);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = bytes.toByteArray();
        assertThat(decode(new BaselineJpeg(ImageIoPicture.jpeg()), jpeg, 60, 50, false))
                .isEqualTo(decode(ImageIoPicture.jpeg(), jpeg, 60, 50, false));
        assertThatThrownBy(() -> decode(new BaselineJpeg(NONE), jpeg, 60, 50, false))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void brokenPicturesAreRefusedOrWrongButNeverWorse() throws IOException {
        Random random = new Random(11);
        byte[][] good = {
            jpeg(slopes(97, 61, false), 0.9f, 1, 1, 4),
            jpeg(slopes(97, 61, false), 0.7f, 2, 2, 0),
            jpeg(slopes(97, 61, true), 0.9f, 1, 1, 0),
        };
        PictureDecoder decoder = new BaselineJpeg(new PictureDecoder() {
            @Override
            public void decode(
                    byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean red) {}

            @Override
            public String name() {
                return "nothing";
            }
        });
        for (int round = 0; round < 3000; round++) {
            byte[] broken = good[round % good.length].clone();
            for (int n = 1 + random.nextInt(6); n > 0; n--) {
                int at = random.nextInt(random.nextBoolean() ? 640 : broken.length);
                broken[Math.min(at, broken.length - 1)] = (byte) random.nextInt(256);
            }
            byte[] cut = random.nextInt(4) > 0 ? broken : Arrays.copyOf(broken, 1 + random.nextInt(broken.length));
            try {
                decode(decoder, cut, 97, 61, false);
            } catch (RfbException e) {
                assertThat(e).hasMessageContaining("JPEG");
            }
        }
    }
}
