/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/**
 * Hextile (RFC 6143, 7.7.4): tiles of 16x16, each raw or a background with coloured rectangles on it.
 *
 * <p>Runs of tiles of one colour are written at once; tiles with parts are put together in {@link HextileTile} and copied out.
 */
final class HextileDecoder implements RectangleDecoder {

    private static final int TILE = HextileTile.SIDE;
    private static final int RAW = 1;
    private static final int BACKGROUND = 2;
    private static final int FOREGROUND = 4;
    private static final int PARTS = 8;
    private static final int COLOURED = 16;

    private final PixelFormat format;
    private final HextileTile scratch;
    private int background;
    private int foreground;

    HextileDecoder(PixelFormat format) {
        this.format = format;
        this.scratch = new HextileTile(format);
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        background = 0;
        foreground = 0;
        for (int tileY = 0; tileY < h; tileY += TILE) {
            int tileH = Math.min(TILE, h - tileY);
            int tileX = 0;
            while (tileX < w) {
                int tileW = Math.min(TILE, w - tileX);
                if (!tile(in, frame, x + tileX, y + tileY, tileW, tileH)) {
                    tileX += TILE;
                    continue;
                }
                int run = 1 + more(in, (w - tileX - 1) / TILE);
                frame.fill(x + tileX, y + tileY, Math.min(run * TILE, w - tileX), tileH, background);
                tileX += run * TILE;
            }
        }
    }

    /** How many of the next tiles look like the one before; of those that are here already. */
    private static int more(RfbInput in, int most) throws IOException {
        byte[] from = in.array();
        int start = in.position();
        int end = start + Math.min(most, in.available());
        int p = start;
        while (p < end && from[p] == 0) {
            p++;
        }
        in.position(p);
        return p - start;
    }

    /** Reads a tile; true if it is nothing but background, which is left to the caller to draw. */
    private boolean tile(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int kind = in.u8();
        if ((kind & RAW) != 0) {
            raw(in, frame, x, y, w, h);
            return false;
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
        int count = (kind & PARTS) == 0 ? 0 : from[p++] & 0xff;
        in.position(p);
        if (count == 0) {
            return true;
        }
        boolean coloured = (kind & COLOURED) != 0;
        int length = count * (coloured ? size + 2 : 2);
        in.require(length);
        p = in.position();
        scratch.begin(background, w, h);
        if (coloured) {
            foreground = scratch.coloured(in.array(), p, count);
        } else {
            scratch.plain(in.array(), p, count, foreground);
        }
        in.position(p + length);
        scratch.end(frame, x, y);
        return false;
    }

    private void raw(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int[] to = frame.pixels();
        int stride = frame.width();
        int offset = y * stride + x;
        int size = format.size();
        in.require(w * h * size);
        if (format.direct()) {
            in.ints(scratch.pixels(), 0, w * h);
            scratch.copy(to, offset, stride, w, h, w);
            return;
        }
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
}
