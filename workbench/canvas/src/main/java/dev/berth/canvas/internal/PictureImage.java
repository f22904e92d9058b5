/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Images around pixels that somebody else owns. */
public final class PictureImage {

    private static final int[] RGB_MASKS = {0xff0000, 0xff00, 0xff};

    private PictureImage() {}

    /**
     * An image of TYPE_INT_RGB that shares the pixels. It is never cached in video memory, which is right for pixels
     * that change all the time.
     */
    public static BufferedImage around(int[] pixels, int width, int height) {
        DataBufferInt data = new DataBufferInt(pixels, width * height);
        WritableRaster raster = Raster.createPackedRaster(data, width, height, width, RGB_MASKS, null);
        return new BufferedImage(new DirectColorModel(24, 0xff0000, 0xff00, 0xff), raster, false, null);
    }

    /** The pixels of an image made by {@link #around}. */
    public static int[] pixels(BufferedImage image) {
        DataBuffer data = image.getRaster().getDataBuffer();
        return ((DataBufferInt) data).getData();
    }
}
