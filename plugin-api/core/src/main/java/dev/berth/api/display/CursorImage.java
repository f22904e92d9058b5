/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import java.util.Arrays;

/**
 * The shape of the pointer.
 *
 * @param width in pixels; 0 for no pointer at all
 * @param height in pixels
 * @param hotX the pixel that points, from the left
 * @param hotY the pixel that points, from the top
 * @param argb 0xAARRGGBB, not premultiplied, row-major
 */
public record CursorImage(int width, int height, int hotX, int hotY, int[] argb) {

    /** No pointer at all. */
    public static final CursorImage HIDDEN = new CursorImage(0, 0, 0, 0, new int[0]);

    public CursorImage {
        if (width < 0 || height < 0 || width > 1024 || height > 1024 || argb.length != width * height) {
            throw new IllegalArgumentException("bad cursor: " + width + "x" + height + ", " + argb.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CursorImage that
                && width == that.width
                && height == that.height
                && hotX == that.hotX
                && hotY == that.hotY
                && Arrays.equals(argb, that.argb);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(argb) + width * 7 + height;
    }

    @Override
    public String toString() {
        return "CursorImage[" + width + "x" + height + " hot " + hotX + "," + hotY + "]";
    }
}
