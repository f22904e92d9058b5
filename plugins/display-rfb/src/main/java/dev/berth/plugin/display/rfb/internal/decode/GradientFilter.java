/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import java.util.Arrays;

/** Tight's gradient filter: each channel is what its neighbours above and to the left foretell, plus a difference. */
final class GradientFilter {

    private final PixelFormat format;
    private final boolean bytes;
    private final int[] max;
    private int[] above = new int[0];

    GradientFilter(PixelFormat format) {
        this.format = format;
        this.bytes = format.tightSize() == 3;
        this.max = bytes ? new int[] {255, 255, 255} : new int[] {format.redMax(), format.greenMax(), format.blueMax()};
    }

    /** Starts a rectangle. */
    void begin(int w) {
        if (above.length < 3 * w) {
            above = new int[3 * w];
        }
        Arrays.fill(above, 0, 3 * w, 0);
    }

    /** The next rows of it. */
    void rows(byte[] from, int[] to, int origin, int stride, int w, int h) {
        int offset = origin;
        int p = 0;
        int size = format.tightSize();
        int[] previous = above;
        for (int row = 0; row < h; row++) {
            int leftR = 0;
            int leftG = 0;
            int leftB = 0;
            int cornerR = 0;
            int cornerG = 0;
            int cornerB = 0;
            for (int i = 0; i < w; i++) {
                int topR = previous[3 * i];
                int topG = previous[3 * i + 1];
                int topB = previous[3 * i + 2];
                int r = channel(from, p, 0) + clamp(leftR + topR - cornerR, max[0]) & max[0];
                int g = channel(from, p, 1) + clamp(leftG + topG - cornerG, max[1]) & max[1];
                int b = channel(from, p, 2) + clamp(leftB + topB - cornerB, max[2]) & max[2];
                to[offset + i] = bytes ? format.rgb(r, g, b) : format.fromChannels(r, g, b);
                previous[3 * i] = r;
                previous[3 * i + 1] = g;
                previous[3 * i + 2] = b;
                leftR = r;
                leftG = g;
                leftB = b;
                cornerR = topR;
                cornerG = topG;
                cornerB = topB;
                p += size;
            }
            offset += stride;
        }
    }

    private int channel(byte[] from, int p, int channel) {
        return bytes ? from[p + channel] & 0xff : format.channel(from, p, channel);
    }

    private static int clamp(int value, int max) {
        return value < 0 ? 0 : Math.min(value, max);
    }
}
