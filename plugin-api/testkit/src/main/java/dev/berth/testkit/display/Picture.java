/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.display;

import java.util.Arrays;

/**
 * A copy of what a screen shows.
 *
 * @param rgb 0xRRGGBB, row-major
 */
public record Picture(int width, int height, int[] rgb) {

    /** The pixel at a place. */
    public int at(int x, int y) {
        return rgb[y * width + x];
    }

    /** How many pixels differ; all of them when the sizes do. */
    public int differences(Picture other) {
        if (width != other.width || height != other.height) {
            return Math.max(rgb.length, other.rgb.length);
        }
        int count = 0;
        for (int i = 0; i < rgb.length; i++) {
            count += rgb[i] == other.rgb[i] ? 0 : 1;
        }
        return count;
    }

    /** The peak signal to noise ratio in decibels; infinite for equal pictures, 0 for pictures of different sizes. */
    public double psnr(Picture other) {
        if (width != other.width || height != other.height) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < rgb.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (rgb[i] >> shift & 0xff) - (other.rgb[i] >> shift & 0xff);
                sum += difference * difference;
            }
        }
        return 10 * Math.log10(255.0 * 255.0 / (sum / (3.0 * rgb.length)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that
                && width == that.width
                && height == that.height
                && Arrays.equals(rgb, that.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rgb) + width;
    }

    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
