/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

/**
 * Turns rows of luminance and chrominance into pixels (ITU-T T.871).
 *
 * <p>Written so that the compiler makes vectors of it, which is ten times faster: one array written to in each loop, all indices the same and
 * from 0, limits kept by sums and shifts, as it does not know what to make of {@code Math.min}, short loops, and one method too
 * long to be inlined anywhere, where it might be compiled otherwise.
 */
final class JpegColours {

    private int[] light = new int[0];
    private int[] blue = new int[0];
    private int[] red = new int[0];
    private int[] pixels = new int[0];

    /** Room for rows of a width. */
    void width(int width) {
        if (light.length < width + 1) {
            light = new int[width + 1];
            blue = new int[width + 1];
            red = new int[width + 1];
            pixels = new int[width + 1];
        }
    }

    /** The luminance of the next row. */
    void light(int[] from, int start, int width) {
        System.arraycopy(from, start, light, 0, width);
    }

    /** The chrominance of the next row. */
    void chrominance(int[] fromBlue, int[] fromRed, int start, int width) {
        System.arraycopy(fromBlue, start, blue, 0, width);
        System.arraycopy(fromRed, start, red, 0, width);
        limit(blue, width);
        limit(red, width);
    }

    /** The chrominance of the next row, half as wide. */
    void halfChrominance(int[] fromBlue, int[] fromRed, int start, int width) {
        widen(fromBlue, start, blue, width);
        widen(fromRed, start, red, width);
        limit(blue, width);
        limit(red, width);
    }

    private static void widen(int[] from, int start, int[] to, int width) {
        for (int i = 0; i < width; i += 2) {
            int sample = from[start + (i >> 1)];
            to[i] = sample;
            to[i + 1] = sample;
        }
    }

    /** Writes the row; with {@code redLow} as 0xBBGGRR. */
    void write(int[] to, int start, int width, boolean redLow) {
        limit(light, width);
        convert(light, redLow ? red : blue, redLow ? blue : red, pixels, width, redLow);
        System.arraycopy(pixels, 0, to, start, width);
    }

    /** Writes a row of greys. */
    void writeGrey(int[] to, int start, int width) {
        limit(light, width);
        for (int i = 0; i < width; i++) {
            to[start + i] = light[i] * 0x010101;
        }
    }

    private static void limit(int[] samples, int width) {
        for (int i = 0; i < width; i++) {
            int v = samples[i];
            v = 255 - (v & ~(v >> 31));
            samples[i] = 255 - (v & ~(v >> 31));
        }
    }

    /** {@code low} is the chrominance of the colour in the low byte. */
    private static void convert(int[] light, int[] low, int[] high, int[] to, int width, boolean redLow) {
        if (redLow) {
            for (int i = 0; i < width; i++) {
                int y = (light[i] << 16) + 32768;
                int a = low[i] - 128;
                int b = high[i] - 128;
                int bottom = y + 91881 * a >> 16;
                int green = y - 46802 * a - 22554 * b >> 16;
                int top = y + 116130 * b >> 16;
                bottom = 255 - (bottom & ~(bottom >> 31));
                bottom = 255 - (bottom & ~(bottom >> 31));
                green = 255 - (green & ~(green >> 31));
                green = 255 - (green & ~(green >> 31));
                top = 255 - (top & ~(top >> 31));
                top = 255 - (top & ~(top >> 31));
                to[i] = top << 16 | green << 8 | bottom;
            }
        } else {
            for (int i = 0; i < width; i++) {
                int y = (light[i] << 16) + 32768;
                int a = low[i] - 128;
                int b = high[i] - 128;
                int bottom = y + 116130 * a >> 16;
                int green = y - 22554 * a - 46802 * b >> 16;
                int top = y + 91881 * b >> 16;
                bottom = 255 - (bottom & ~(bottom >> 31));
                bottom = 255 - (bottom & ~(bottom >> 31));
                green = 255 - (green & ~(green >> 31));
                green = 255 - (green & ~(green >> 31));
                top = 255 - (top & ~(top >> 31));
                top = 255 - (top & ~(top >> 31));
                to[i] = top << 16 | green << 8 | bottom;
            }
        }
    }
}
