/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** Hextile (RFC 6143, 7.7.4): tiles of 16x16, each raw or a background with coloured rectangles on it. */
final class HextileDecoder implements RectangleDecoder {

    private static final int TILE = 16;
    private static final int RAW = 1;
    private static final int BACKGROUND = 2;
    private static final int FOREGROUND = 4;
    private static final int PARTS = 8;
    private static final int COLOURED = 16;

    private final PixelFormat format;
    private final int[] scratch = new int[TILE * TILE];
    private int background;
    private int foreground;

    HextileDecoder(PixelFormat format) {
        this.format = format;
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        background = 0;
        foreground = 0;
        for (int tileY = 0; tileY < h; tileY += TILE) {
            int tileH = Math.min(TILE, h - tileY);
            for (int tileX = 0; tileX < w; tileX += TILE) {
                tile(in, frame, x + tileX, y + tileY, Math.min(TILE, w - tileX), tileH);
            }
        }
    }

    private void tile(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int kind = in.u8();
        if ((kind & RAW) != 0) {
            raw(in, frame, x, y, w, h);
            return;
        }
        int size = format.size();
        int head = ((kind & BACKGROUND) != 0 ? size : 0)
                + ((kind & FOREGROUND) != 0 ? size : 0)
                + ((kind & PARTS) != 0 ? 1 : 0);
        in.require(head);
        byte[] from = in.array();
        int p = in.position();
        if ((kind & BACKGROUND) != 0) {
            background = format.pixel(from, p);
            p += size;
        }
        if ((kind & FOREGROUND) != 0) {
            foreground = format.pixel(from, p);
            p += size;
        }
        int[] to = frame.pixels();
        int stride = frame.width();
        int origin = y * stride + x;
        fill(to, origin, stride, w, h, background);
        if ((kind & PARTS) == 0) {
            in.position(p);
            return;
        }
        int count = from[p++] & 0xff;
        in.position(p);
        boolean coloured = (kind & COLOURED) != 0;
        int length = count * (coloured ? size + 2 : 2);
        in.require(length);
        from = in.array();
        p = in.position();
        int end = p + length;
        int colour = foreground;
        while (p < end) {
            if (coloured) {
                colour = format.pixel(from, p);
                p += size;
            }
            int at = from[p];
            int extent = from[p + 1];
            p += 2;
            int partX = at >> 4 & 15;
            int partY = at & 15;
            int partW = (extent >> 4 & 15) + 1;
            int partH = (extent & 15) + 1;
            if (partX + partW > w || partY + partH > h) {
                throw new RfbException("a part of a Hextile tile lies outside of it");
            }
            fill(to, origin + partY * stride + partX, stride, partW, partH, colour);
        }
        if (coloured && count > 0) {
            foreground = colour;
        }
        in.position(end);
    }

    private void raw(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int[] to = frame.pixels();
        int stride = frame.width();
        int offset = y * stride + x;
        if (format.direct()) {
            in.require(w * h * 4);
            in.ints(scratch, 0, w * h);
            for (int row = 0; row < h; row++) {
                System.arraycopy(scratch, row * w, to, offset, w);
                offset += stride;
            }
            return;
        }
        int size = format.size();
        in.require(w * h * size);
        byte[] from = in.array();
        int p = in.position();
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                to[offset + column] = format.pixel(from, p);
                p += size;
            }
            offset += stride;
        }
        in.position(p);
    }

    /** Plain loops: the parts are so small that anything cleverer costs more than it saves. */
    private static void fill(int[] to, int offset, int stride, int w, int h, int colour) {
        int start = offset;
        for (int row = 0; row < h; row++) {
            int end = start + w;
            for (int i = start; i < end; i++) {
                to[i] = colour;
            }
            start += stride;
        }
    }
}
