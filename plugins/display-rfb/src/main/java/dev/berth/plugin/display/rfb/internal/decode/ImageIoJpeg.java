/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's decoder: the last resort, for what {@link BaselineJpeg} does not know. */
final class ImageIoJpeg implements JpegDecoder {

    @Override
    public void decode(byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean redLow)
            throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        if (!readers.hasNext()) {
            throw new RfbException("a JPEG rectangle, which nothing here can decode");
        }
        ImageReader reader = readers.next();
        try (ImageInputStream stream =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(from, offset, length))) {
            reader.setInput(stream, true, true);
            if (reader.getWidth(0) != w || reader.getHeight(0) != h) {
                throw new RfbException("a JPEG picture of another size than its rectangle");
            }
            BufferedImage image = reader.read(0);
            int[] to = frame.pixels();
            int start = y * frame.width() + x;
            image.getRGB(0, 0, w, h, to, start, frame.width());
            if (redLow) {
                for (int row = 0; row < h; row++) {
                    for (int i = start + row * frame.width(), end = i + w; i < end; i++) {
                        to[i] = Integer.reverseBytes(to[i]) >>> 8;
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new RfbException("a broken JPEG rectangle: " + e.getMessage());
        } finally {
            reader.dispose();
        }
    }

    @Override
    public String name() {
        return "ImageIO";
    }
}
