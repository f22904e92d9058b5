/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** One of Tight's zlib streams with the filters behind it. One thread at a time. */
final class TightStream implements AutoCloseable {

    static final int FILTER_COPY = 0;
    static final int FILTER_PALETTE = 1;
    static final int FILTER_GRADIENT = 2;

    /** What is inflated at a time: small enough to stay in the processor's cache; a row at its widest fits. */
    private static final int CHUNK = 64 << 10;

    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final PixelFormat format;
    private final int size;
    private final boolean packed;
    private final ZlibStream zlib = new ZlibStream();
    private final byte[] data = new byte[CHUNK + 8];
    private final int[] palette = new int[256];
    private final GradientFilter gradient;

    TightStream(PixelFormat format) {
        this.format = format;
        this.size = format.tightSize();
        this.packed = format.direct() && size == 3;
        this.gradient = new GradientFilter(format);
    }

    /** How many bytes a row of pixels has behind a filter. */
    static int rowBytes(int filter, int colours, int size, int w) {
        return filter != FILTER_PALETTE ? w * size : colours <= 2 ? w + 7 >> 3 : w;
    }

    /** Reads the palette of the next rectangle. */
    void palette(byte[] from, int colours) {
        for (int i = 0, p = 0; i < colours; i++, p += size) {
            palette[i] = format.tightPixel(from, p);
        }
    }

    /** Reads a rectangle too small to be compressed. */
    void plain(RfbInput in, int filter, int colours, Frame frame, int x, int y, int w, int h) throws IOException {
        gradient.begin(filter == FILTER_GRADIENT ? w : 0);
        in.bytes(data, 0, rowBytes(filter, colours, size, w) * h);
        rows(filter, colours, frame, x, y, w, h);
    }

    /** Reads a rectangle of {@code length} compressed bytes. */
    void inflate(RfbInput in, int length, int filter, int colours, Frame frame, int x, int y, int w, int h)
            throws IOException {
        gradient.begin(filter == FILTER_GRADIENT ? w : 0);
        int rowBytes = rowBytes(filter, colours, size, w);
        zlib.begin(in, length);
        int most = CHUNK / rowBytes;
        for (int done = 0; done < h; done += most) {
            int n = Math.min(most, h - done);
            zlib.readFully(data, 0, n * rowBytes, done + n == h);
            rows(filter, colours, frame, x, y + done, w, n);
        }
    }

    void reset() {
        zlib.reset();
    }

    private void rows(int filter, int colours, Frame frame, int x, int y, int w, int h) throws RfbException {
        int[] to = frame.pixels();
        int stride = frame.width();
        int offset = y * stride + x;
        switch (filter) {
            case FILTER_GRADIENT -> gradient.rows(data, to, offset, stride, w, h);
            case FILTER_COPY -> copy(to, offset, stride, w, h);
            case FILTER_PALETTE -> {
                if (colours <= 2) {
                    Bitmaps.expand(data, 0, to, offset, stride, w, h, palette[0], palette[1]);
                } else {
                    indexed(to, offset, stride, w, h);
                }
            }
            default -> throw new RfbException("an unknown Tight filter " + filter);
        }
    }

    private void copy(int[] to, int origin, int stride, int w, int h) {
        byte[] from = data;
        int offset = origin;
        int p = 0;
        for (int row = 0; row < h; row++) {
            if (!packed) {
                for (int i = 0; i < w; i++) {
                    to[offset + i] = format.tightPixel(from, p + i * size);
                }
            } else if (format.redLow()) {
                for (int i = 0; i < w; i++) {
                    to[offset + i] = (int) INT_LE.get(from, p + 3 * i);
                }
            } else {
                for (int i = 0; i < w; i++) {
                    to[offset + i] = (int) INT_BE.get(from, p + 3 * i) >>> 8;
                }
            }
            p += w * size;
            offset += stride;
        }
    }

    private void indexed(int[] to, int origin, int stride, int w, int h) {
        byte[] from = data;
        int[] colours = palette;
        int offset = origin;
        int p = 0;
        for (int row = 0; row < h; row++) {
            for (int i = 0; i < w; i++) {
                to[offset + i] = colours[from[p + i] & 0xff];
            }
            p += w;
            offset += stride;
        }
    }

    @Override
    public void close() {
        zlib.close();
    }
}
