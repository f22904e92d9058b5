/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * ZRLE (RFC 6143, 7.7.6): tiles of 64x64 with palettes and runs, through one zlib stream.
 *
 * <p>Tiles are parsed without a check per byte: before each, either the most that a tile can take is there, or everything that is left
 * of the rectangle; the array is long enough to read past the end, and afterwards the position tells whether that happened.
 */
final class ZrleDecoder implements RectangleDecoder {

    private static final int TILE = 64;
    /** 4096 runs of a pixel of four bytes and a length, and the head. */
    private static final int MAX_TILE = TILE * TILE * 5 + 1024;

    private static final int CHUNK = 96 << 10;
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final PixelFormat format;
    private final boolean packed;
    private final int size;
    private final ZlibStream zlib = new ZlibStream();
    private final byte[] data = new byte[CHUNK + MAX_TILE + 8];
    private final int[] tile = new int[TILE * TILE];
    private final int[] palette = new int[128];

    ZrleDecoder(PixelFormat format) {
        this.format = format;
        this.size = format.compactSize();
        this.packed = format.direct() && size == 3;
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int compressed = in.length(Lengths.compressed((long) w * h * 5), "a ZRLE rectangle");
        zlib.begin(in, compressed);
        int position = 0;
        int end = 0;
        boolean more = true;
        for (int tileY = 0; tileY < h; tileY += TILE) {
            int tileH = Math.min(TILE, h - tileY);
            for (int tileX = 0; tileX < w; tileX += TILE) {
                if (more && end - position < MAX_TILE) {
                    System.arraycopy(data, position, data, 0, end - position);
                    end -= position;
                    position = 0;
                    int n = zlib.read(data, end, CHUNK - end);
                    end += n;
                    more = end == CHUNK;
                }
                position = tile(frame, x + tileX, y + tileY, Math.min(TILE, w - tileX), tileH, position);
                if (position > end) {
                    throw new RfbException("too few pixels in a ZRLE rectangle");
                }
            }
        }
        if (position != end) {
            throw new RfbException("too many pixels in a ZRLE rectangle");
        }
        if (more) {
            zlib.end();
        }
    }

    private int pixel(int p) {
        return packed ? (int) INT_LE.get(data, p) : format.compactPixel(data, p);
    }

    private int tile(Frame frame, int x, int y, int w, int h, int start) throws RfbException {
        int p = start;
        int kind = data[p++] & 0xff;
        if (kind == 0) {
            return raw(frame, x, y, w, h, p);
        }
        if (kind == 1) {
            frame.fill(x, y, w, h, pixel(p));
            return p + size;
        }
        if (kind <= 16) {
            return packedPalette(frame, x, y, w, h, readPalette(p, kind), kind);
        }
        if (kind == 128) {
            p = runs(w * h, p);
        } else if (kind >= 130) {
            p = paletteRuns(w * h, readPalette(p, kind - 128), kind - 128);
        } else {
            throw new RfbException("a ZRLE tile of unknown kind " + kind);
        }
        int[] to = frame.pixels();
        int offset = y * frame.width() + x;
        for (int row = 0; row < h; row++) {
            System.arraycopy(tile, row * w, to, offset, w);
            offset += frame.width();
        }
        return p;
    }

    private int readPalette(int start, int count) {
        int p = start;
        for (int i = 0; i < count; i++) {
            palette[i] = pixel(p);
            p += size;
        }
        return p;
    }

    private int raw(Frame frame, int x, int y, int w, int h, int start) {
        int p = start;
        byte[] from = data;
        int[] to = frame.pixels();
        int offset = y * frame.width() + x;
        for (int row = 0; row < h; row++) {
            if (packed) {
                for (int i = 0; i < w; i++) {
                    to[offset + i] = (int) INT_LE.get(from, p + 3 * i);
                }
                p += 3 * w;
            } else {
                for (int i = 0; i < w; i++) {
                    to[offset + i] = format.compactPixel(from, p);
                    p += size;
                }
            }
            offset += frame.width();
        }
        return p;
    }

    private int packedPalette(Frame frame, int x, int y, int w, int h, int start, int count) {
        int[] to = frame.pixels();
        int offset = y * frame.width() + x;
        if (count == 2) {
            return Bitmaps.expand(data, start, to, offset, frame.width(), w, h, palette[0], palette[1]);
        }
        int bits = count <= 4 ? 2 : 4;
        // Indices beyond the palette show what an earlier one left there; that harms nobody.
        int mask = (1 << bits) - 1;
        int perByte = 8 / bits;
        int p = start;
        for (int row = 0; row < h; row++) {
            int column = 0;
            while (column < w) {
                int value = data[p++];
                int n = Math.min(perByte, w - column);
                for (int shift = 8 - bits; n > 0; n--, shift -= bits) {
                    to[offset + column++] = palette[value >> shift & mask];
                }
            }
            offset += frame.width();
        }
        return p;
    }

    private int runs(int total, int start) throws RfbException {
        int p = start;
        byte[] from = data;
        int[] to = tile;
        int done = 0;
        while (done < total) {
            int colour = pixel(p);
            p += size;
            int part = from[p++] & 0xff;
            int run = 1 + part;
            while (part == 255 && run <= total) {
                part = from[p++] & 0xff;
                run += part;
            }
            if (run > total - done) {
                throw new RfbException("a run leaves its ZRLE tile");
            }
            done = fill(to, done, run, colour);
        }
        return p;
    }

    private int paletteRuns(int total, int start, int count) throws RfbException {
        int p = start;
        byte[] from = data;
        int[] to = tile;
        int done = 0;
        while (done < total) {
            int index = from[p++];
            if (index >= 0) {
                to[done++] = palette[index];
                continue;
            }
            int part = from[p++] & 0xff;
            int run = 1 + part;
            while (part == 255 && run <= total) {
                part = from[p++] & 0xff;
                run += part;
            }
            if (run > total - done) {
                throw new RfbException("a run leaves its ZRLE tile");
            }
            done = fill(to, done, run, palette[index & 0x7f]);
        }
        return p;
    }

    private static int fill(int[] to, int from, int count, int colour) {
        int end = from + count;
        if (count < 16) {
            for (int i = from; i < end; i++) {
                to[i] = colour;
            }
        } else {
            Arrays.fill(to, from, end, colour);
        }
        return end;
    }

    @Override
    public void close() {
        zlib.close();
    }
}
