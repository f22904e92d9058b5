/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.util.Arrays;

/** The picture that decoders write to: the array that the sink handed out. Decoders check nothing; {@link #check} is called first. */
public final class Frame {

    private int[] pixels;
    private int width;
    private int height;

    /** A picture of no size. */
    public Frame() {
        this.pixels = new int[0];
    }

    /** Goes on with another array. */
    public void set(int[] newPixels, int newWidth, int newHeight) {
        if (newPixels.length < newWidth * newHeight) {
            throw new IllegalArgumentException(
                    "the sink gave " + newPixels.length + " pixels for " + newWidth + "x" + newHeight);
        }
        pixels = newPixels;
        width = newWidth;
        height = newHeight;
    }

    /** Row-major. */
    public int[] pixels() {
        return pixels;
    }

    /** In pixels; also the distance of rows. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** Refuses a rectangle that is not wholly inside. The four are unsigned shorts. */
    public void check(int x, int y, int w, int h) throws RfbException {
        if (x + w > width || y + h > height) {
            throw new RfbException(
                    "a rectangle " + w + "x" + h + " at " + x + "," + y + " outside of " + width + "x" + height);
        }
    }

    /** Fills a rectangle. */
    void fill(int x, int y, int w, int h, int colour) {
        int[] to = pixels;
        int stride = width;
        int offset = y * stride + x;
        if (w == stride) {
            Arrays.fill(to, offset, offset + w * h, colour);
            return;
        }
        for (int row = 0; row < h; row++) {
            Arrays.fill(to, offset, offset + w, colour);
            offset += stride;
        }
    }

    /** Moves a rectangle inside the picture. */
    void copy(int fromX, int fromY, int x, int y, int w, int h) {
        int step = y > fromY ? -width : width;
        int first = y > fromY ? h - 1 : 0;
        int from = (fromY + first) * width + fromX;
        int to = (y + first) * width + x;
        for (int row = 0; row < h; row++) {
            System.arraycopy(pixels, from, pixels, to, w);
            from += step;
            to += step;
        }
    }
}
