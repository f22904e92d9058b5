/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's decoders: for PNG, and the last resort for JPEG that {@link BaselineJpeg} does not know. */
final class ImageIoPicture implements PictureDecoder {

    private final String format;

    private ImageIoPicture(String format) {
        this.format = format;
    }

    static ImageIoPicture jpeg() {
        return new ImageIoPicture("jpeg");
    }

    static ImageIoPicture png() {
        return new ImageIoPicture("png");
    }

    @Override
    public void decode(byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean redLow)
            throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new RfbException("a " + format + " rectangle, which nothing here can decode");
        }
        ImageReader reader = readers.next();
        try (ImageInputStream stream =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(from, offset, length))) {
            reader.setInput(stream, true, true);
            if (reader.getWidth(0) != w || reader.getHeight(0) != h) {
                throw new RfbException("a " + format + " picture of another size than its rectangle");
            }
            BufferedImage image = reader.read(0);
            int[] to = frame.pixels();
            int start = y * frame.width() + x;
            if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
                // The JDK would take it for linear light.
                grey(image.getRaster(), to, start, frame.width(), w, h);
                return;
            }
            image.getRGB(0, 0, w, h, to, start, frame.width());
            if (redLow) {
                for (int row = 0; row < h; row++) {
                    for (int i = start + row * frame.width(), end = i + w; i < end; i++) {
                        to[i] = Integer.reverseBytes(to[i]) >>> 8;
                    }
                }
            }
        } catch (IIOException | RuntimeException e) {
            throw new RfbException("a broken " + format + " rectangle: " + e.getMessage());
        } finally {
            reader.dispose();
        }
    }

    private static void grey(Raster samples, int[] to, int start, int stride, int w, int h) {
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                to[start + y * stride + x] = samples.getSample(x, y, 0) * 0x010101;
            }
        }
    }

    @Override
    public String name() {
        return "ImageIO";
    }
}
