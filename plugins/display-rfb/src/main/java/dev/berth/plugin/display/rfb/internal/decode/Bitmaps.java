/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

/** Pixels of two colours, one bit each, rows padded to bytes, the leftmost pixel in the highest bit: text, mostly. */
final class Bitmaps {

    private Bitmaps() {}

    /** Writes a rectangle and returns where the next byte stands. */
    static int expand(
            byte[] from, int start, int[] to, int origin, int stride, int w, int h, int background, int foreground) {
        int difference = background ^ foreground;
        int p = start;
        int offset = origin;
        for (int row = 0; row < h; row++) {
            int o = offset;
            int whole = offset + (w & ~7);
            while (o < whole) {
                int bits = from[p++] << 24;
                to[o] = background ^ difference & bits >> 31;
                to[o + 1] = background ^ difference & bits << 1 >> 31;
                to[o + 2] = background ^ difference & bits << 2 >> 31;
                to[o + 3] = background ^ difference & bits << 3 >> 31;
                to[o + 4] = background ^ difference & bits << 4 >> 31;
                to[o + 5] = background ^ difference & bits << 5 >> 31;
                to[o + 6] = background ^ difference & bits << 6 >> 31;
                to[o + 7] = background ^ difference & bits << 7 >> 31;
                o += 8;
            }
            int left = w & 7;
            if (left > 0) {
                int bits = from[p++] << 24;
                for (int i = 0; i < left; i++) {
                    to[o + i] = background ^ difference & bits << i >> 31;
                }
            }
            offset += stride;
        }
        return p;
    }
}
