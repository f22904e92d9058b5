/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import java.util.Arrays;

/**
 * From coefficients to samples: the inverse cosine transform after Loeffler, Ligtenberg and Moschytz (ICASSP 1989), eleven multiplications
 * a line, in fixed point with 13 bits. Samples are not cut off at 0 and 255: whoever turns them into colours does that.
 */
final class JpegTransform {

    private static final int SCALE = 13;
    private static final int BETWEEN = 2;
    private static final int FIRST = SCALE - BETWEEN;
    private static final int SECOND = SCALE + BETWEEN + 3;
    private static final int ROUND = 1 << FIRST - 1;
    /** Half a unit and the middle of the samples. */
    private static final int MIDDLE = (1 << SECOND - 1) + (128 << SECOND);

    private static final int C0_298 = 2446;
    private static final int C0_390 = 3196;
    private static final int C0_541 = 4433;
    private static final int C0_765 = 6270;
    private static final int C0_899 = 7373;
    private static final int C1_175 = 9633;
    private static final int C1_501 = 12299;
    private static final int C1_847 = 15137;
    private static final int C1_961 = 16069;
    private static final int C2_053 = 16819;
    private static final int C2_562 = 20995;
    private static final int C3_072 = 25172;

    /** In the order of the stream: up to here all coefficients lie in the first four rows and columns. */
    private static final int FEW = 9;

    /** Up to here there is only one coefficient each way. */
    private static final int SLOPE = 2;

    private final int[] middle = new int[64];

    /** Writes eight rows of eight samples. The block is zero afterwards. */
    void samples(int[] block, int last, int[] to, int start, int stride) {
        if (last == 0) {
            int sample = (block[0] + 4 >> 3) + 128;
            block[0] = 0;
            for (int row = 0, o = start; row < 8; row++, o += stride) {
                Arrays.fill(to, o, o + 8, sample);
            }
            return;
        }
        if (last <= SLOPE) {
            slope(block, to, start, stride);
            return;
        }
        if (last <= FEW) {
            for (int i = 0; i < 4; i++) {
                shortColumn(block, middle, i);
            }
            Arrays.fill(block, 0, 32, 0);
            for (int row = 0, o = start; row < 8; row++, o += stride) {
                shortLine(middle, 8 * row, to, o);
            }
            return;
        }
        for (int i = 0; i < 8; i++) {
            column(block, middle, i);
        }
        Arrays.fill(block, 0);
        for (int row = 0, o = start; row < 8; row++, o += stride) {
            line(middle, 8 * row, to, o);
        }
    }

    private void slope(int[] block, int[] to, int start, int stride) {
        shortColumn(block, middle, 0);
        int c1 = block[1] << BETWEEN;
        block[0] = 0;
        block[1] = 0;
        block[8] = 0;
        int b0 = c1 * (C1_175 - C0_899);
        int b1 = c1 * (C1_175 - C0_390);
        int b2 = c1 * C1_175;
        int b3 = c1 * (C1_175 + C1_501 - C0_899 - C0_390);
        for (int row = 0, o = start; row < 8; row++, o += stride) {
            int even = (middle[8 * row] << SCALE) + MIDDLE;
            to[o] = even + b3 >> SECOND;
            to[o + 1] = even + b2 >> SECOND;
            to[o + 2] = even + b1 >> SECOND;
            to[o + 3] = even + b0 >> SECOND;
            to[o + 4] = even - b0 >> SECOND;
            to[o + 5] = even - b1 >> SECOND;
            to[o + 6] = even - b2 >> SECOND;
            to[o + 7] = even - b3 >> SECOND;
        }
    }

    private static void column(int[] c, int[] to, int i) {
        int c1 = c[i + 8];
        int c2 = c[i + 16];
        int c3 = c[i + 24];
        int c4 = c[i + 32];
        int c5 = c[i + 40];
        int c6 = c[i + 48];
        int c7 = c[i + 56];
        if ((c1 | c2 | c3 | c4 | c5 | c6 | c7) == 0) {
            int flat = c[i] << BETWEEN;
            for (int o = i; o < 64; o += 8) {
                to[o] = flat;
            }
            return;
        }
        int z1 = (c2 + c6) * C0_541;
        int even2 = z1 - c6 * C1_847;
        int even3 = z1 + c2 * C0_765;
        int even0 = (c[i] + c4 << SCALE) + ROUND;
        int even1 = (c[i] - c4 << SCALE) + ROUND;
        int a0 = even0 + even3;
        int a3 = even0 - even3;
        int a1 = even1 + even2;
        int a2 = even1 - even2;
        int z5 = (c7 + c3 + c5 + c1) * C1_175;
        int za = -(c7 + c1) * C0_899;
        int zb = -(c5 + c3) * C2_562;
        int zc = z5 - (c7 + c3) * C1_961;
        int zd = z5 - (c5 + c1) * C0_390;
        int b0 = c7 * C0_298 + za + zc;
        int b1 = c5 * C2_053 + zb + zd;
        int b2 = c3 * C3_072 + zb + zc;
        int b3 = c1 * C1_501 + za + zd;
        to[i] = a0 + b3 >> FIRST;
        to[i + 56] = a0 - b3 >> FIRST;
        to[i + 8] = a1 + b2 >> FIRST;
        to[i + 48] = a1 - b2 >> FIRST;
        to[i + 16] = a2 + b1 >> FIRST;
        to[i + 40] = a2 - b1 >> FIRST;
        to[i + 24] = a3 + b0 >> FIRST;
        to[i + 32] = a3 - b0 >> FIRST;
    }

    /** {@link #column} with nothing in the lower half; the constants are sums of its. */
    private static void shortColumn(int[] c, int[] to, int i) {
        int c1 = c[i + 8];
        int c2 = c[i + 16];
        int c3 = c[i + 24];
        int even = (c[i] << SCALE) + ROUND;
        int even2 = c2 * C0_541;
        int even3 = c2 * (C0_541 + C0_765);
        int a0 = even + even3;
        int a3 = even - even3;
        int a1 = even + even2;
        int a2 = even - even2;
        int b0 = c1 * (C1_175 - C0_899) + c3 * (C1_175 - C1_961);
        int b1 = c1 * (C1_175 - C0_390) + c3 * (C1_175 - C2_562);
        int b2 = c1 * C1_175 + c3 * (C1_175 + C3_072 - C2_562 - C1_961);
        int b3 = c1 * (C1_175 + C1_501 - C0_899 - C0_390) + c3 * C1_175;
        to[i] = a0 + b3 >> FIRST;
        to[i + 56] = a0 - b3 >> FIRST;
        to[i + 8] = a1 + b2 >> FIRST;
        to[i + 48] = a1 - b2 >> FIRST;
        to[i + 16] = a2 + b1 >> FIRST;
        to[i + 40] = a2 - b1 >> FIRST;
        to[i + 24] = a3 + b0 >> FIRST;
        to[i + 32] = a3 - b0 >> FIRST;
    }

    /** {@link #line} with nothing in the right half. */
    private static void shortLine(int[] c, int i, int[] to, int o) {
        int c1 = c[i + 1];
        int c2 = c[i + 2];
        int c3 = c[i + 3];
        int even = (c[i] << SCALE) + MIDDLE;
        int even2 = c2 * C0_541;
        int even3 = c2 * (C0_541 + C0_765);
        int a0 = even + even3;
        int a3 = even - even3;
        int a1 = even + even2;
        int a2 = even - even2;
        int b0 = c1 * (C1_175 - C0_899) + c3 * (C1_175 - C1_961);
        int b1 = c1 * (C1_175 - C0_390) + c3 * (C1_175 - C2_562);
        int b2 = c1 * C1_175 + c3 * (C1_175 + C3_072 - C2_562 - C1_961);
        int b3 = c1 * (C1_175 + C1_501 - C0_899 - C0_390) + c3 * C1_175;
        to[o] = a0 + b3 >> SECOND;
        to[o + 7] = a0 - b3 >> SECOND;
        to[o + 1] = a1 + b2 >> SECOND;
        to[o + 6] = a1 - b2 >> SECOND;
        to[o + 2] = a2 + b1 >> SECOND;
        to[o + 5] = a2 - b1 >> SECOND;
        to[o + 3] = a3 + b0 >> SECOND;
        to[o + 4] = a3 - b0 >> SECOND;
    }

    private static void line(int[] c, int i, int[] to, int o) {
        int c0 = c[i];
        int c1 = c[i + 1];
        int c2 = c[i + 2];
        int c3 = c[i + 3];
        int c4 = c[i + 4];
        int c5 = c[i + 5];
        int c6 = c[i + 6];
        int c7 = c[i + 7];
        int z1 = (c2 + c6) * C0_541;
        int even2 = z1 - c6 * C1_847;
        int even3 = z1 + c2 * C0_765;
        int even0 = (c0 + c4 << SCALE) + MIDDLE;
        int even1 = (c0 - c4 << SCALE) + MIDDLE;
        int a0 = even0 + even3;
        int a3 = even0 - even3;
        int a1 = even1 + even2;
        int a2 = even1 - even2;
        int z5 = (c7 + c3 + c5 + c1) * C1_175;
        int za = -(c7 + c1) * C0_899;
        int zb = -(c5 + c3) * C2_562;
        int zc = z5 - (c7 + c3) * C1_961;
        int zd = z5 - (c5 + c1) * C0_390;
        int b0 = c7 * C0_298 + za + zc;
        int b1 = c5 * C2_053 + zb + zd;
        int b2 = c3 * C3_072 + zb + zc;
        int b3 = c1 * C1_501 + za + zd;
        to[o] = a0 + b3 >> SECOND;
        to[o + 7] = a0 - b3 >> SECOND;
        to[o + 1] = a1 + b2 >> SECOND;
        to[o + 6] = a1 - b2 >> SECOND;
        to[o + 2] = a2 + b1 >> SECOND;
        to[o + 5] = a2 - b1 >> SECOND;
        to[o + 3] = a3 + b0 >> SECOND;
        to[o + 4] = a3 - b0 >> SECOND;
    }
}
