/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One tile of Hextile with its parts.
 *
 * <p>Most parts have a handful of pixels, and which shape comes next cannot be foretold: a loop over rows and columns would spend its time
 * in mispredicted jumps. So a part of up to eight pixels is always eight writes, to places that a table gives, some of them written
 * twice. Whether all parts lie inside the tile is asked once, in the end; until then they may go beyond it, but not beyond the array.
 */
final class HextileTile {

    static final int SIDE = 16;

    /** The farthest that a part can reach: it begins in row 15 and is 16 high, and its last row begins in column 15. */
    private static final int REACH = 2 * SIDE * SIDE;

    private static final int FEW = 8;
    private static final long MANY = -1;

    /** By extent as it stands on the wire: eight offsets, one a byte; {@link #MANY} for larger parts. */
    private static final long[] PLACES = new long[256];

    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static {
        for (int extent = 0; extent < PLACES.length; extent++) {
            int w = (extent >> 4) + 1;
            int h = (extent & 15) + 1;
            long places = 0;
            for (int i = 0; i < FEW; i++) {
                int pixel = Math.min(i, w * h - 1);
                places |= (long) (pixel / w * SIDE + pixel % w) << 8 * i;
            }
            PLACES[extent] = w * h > FEW ? MANY : places;
        }
    }

    private final PixelFormat format;
    private final int[] pixels = new int[REACH];
    private int width;
    private int height;
    /** What the ends of parts may not exceed, so that more shows in bits 4, 5, 12 and 13. */
    private int bias;

    private int ends;

    HextileTile(PixelFormat format) {
        this.format = format;
    }

    int[] pixels() {
        return pixels;
    }

    void begin(int background, int w, int h) {
        Arrays.fill(pixels, 0, h * SIDE, background);
        width = w;
        height = h;
        bias = SIDE - w << 8 | SIDE - h;
        ends = 0;
    }

    /** Draws parts of two bytes each. */
    void plain(byte[] from, int start, int count, int colour) {
        int seen = 0;
        int b = bias;
        for (int p = start, end = start + 2 * count; p < end; p += 2) {
            int at = from[p] & 0xff;
            int extent = from[p + 1] & 0xff;
            seen |= end(at, extent, b);
            part(at, extent, colour);
        }
        ends |= seen;
    }

    /** Draws parts that have a colour each; answers the last one. */
    int coloured(byte[] from, int start, int count) {
        int p = start;
        int left = count;
        int colour = 0;
        int seen = 0;
        int b = bias;
        if (format.direct()) {
            // The last one is read the slow way: two bytes behind it may not be there.
            for (; left > 1; left--, p += 6) {
                long part = (long) LONG_LE.get(from, p);
                colour = (int) part;
                int at = (int) (part >>> 32) & 0xff;
                int extent = (int) (part >>> 40) & 0xff;
                seen |= end(at, extent, b);
                part(at, extent, colour);
            }
        }
        for (; left > 0; left--, p += format.size() + 2) {
            colour = format.pixel(from, p);
            int at = from[p + format.size()] & 0xff;
            int extent = from[p + format.size() + 1] & 0xff;
            seen |= end(at, extent, b);
            part(at, extent, colour);
        }
        ends |= seen;
        return colour;
    }

    private static int end(int at, int extent, int bias) {
        return ((at & 0xf0) << 4 | at & 15) + ((extent & 0xf0) << 4 | extent & 15) + bias;
    }

    private void part(int at, int extent, int colour) {
        int[] to = pixels;
        int i = (at & 15) << 4 | at >> 4;
        long places = PLACES[extent];
        if (places == MANY) {
            large(i, extent, colour);
            return;
        }
        int low = (int) places;
        int high = (int) (places >>> 32);
        to[i] = colour;
        to[i + (low >>> 8 & 0xff)] = colour;
        to[i + (low >>> 16 & 0xff)] = colour;
        to[i + (low >>> 24)] = colour;
        to[i + (high & 0xff)] = colour;
        to[i + (high >>> 8 & 0xff)] = colour;
        to[i + (high >>> 16 & 0xff)] = colour;
        to[i + (high >>> 24)] = colour;
    }

    private void large(int start, int extent, int colour) {
        int w = (extent >> 4) + 1;
        int end = start + (extent & 15) * SIDE;
        for (int row = start; row <= end; row += SIDE) {
            for (int i = row; i < row + w; i++) {
                pixels[i] = colour;
            }
        }
    }

    /** Copies the tile to its place. */
    void end(Frame frame, int x, int y) throws RfbException {
        if ((ends & 0x3030) != 0) {
            throw new RfbException("a part of a Hextile tile lies outside of it");
        }
        copy(frame.pixels(), y * frame.width() + x, frame.width(), width, height, SIDE);
    }

    /** Copies rows out that are {@code pitch} apart here. */
    void copy(int[] to, int origin, int stride, int w, int h, int pitch) {
        int offset = origin;
        for (int row = 0; row < h; row++) {
            System.arraycopy(pixels, row * pitch, to, offset, w);
            offset += stride;
        }
    }
}
