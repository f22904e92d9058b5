/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Pixels of two colours, one bit each, rows padded to bytes, the leftmost pixel in the highest bit: text, mostly. */
final class Bitmaps {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bitmaps() {}

    /** Writes a rectangle and returns where the next byte stands. */
    static int expand(
            byte[] from, int start, int[] to, int origin, int stride, int w, int h, int background, int foreground) {
        int bytes = w + 7 >> 3;
        int p = start;
        int offset = origin;
        for (int row = 0; row < h; row++) {
            row(from, p, to, offset, w, background, foreground);
            p += bytes;
            offset += stride;
        }
        return p;
    }

    private static void row(byte[] from, int start, int[] to, int offset, int w, int background, int foreground) {
        int difference = background ^ foreground;
        int p = start;
        int o = offset;
        int whole = offset + (w & ~7);
        while (o < whole) {
            // Most of a text is one colour: 64 pixels at a time, as long as that goes on.
            if (o + 64 <= whole) {
                long same = (long) LONG.get(from, p);
                if (same == 0 || same == -1) {
                    int begin = o;
                    do {
                        o += 64;
                        p += 8;
                    } while (o + 64 <= whole && (long) LONG.get(from, p) == same);
                    Arrays.fill(to, begin, o, same == 0 ? background : foreground);
                    continue;
                }
            }
            int end = Math.min(whole, o + 64);
            while (o < end) {
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
        }
        int left = w & 7;
        if (left > 0) {
            int bits = from[p] << 24;
            for (int i = 0; i < left; i++) {
                to[o + i] = background ^ difference & bits << i >> 31;
            }
        }
    }
}
