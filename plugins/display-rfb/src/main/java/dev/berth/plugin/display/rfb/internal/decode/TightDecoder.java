/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tight (encoding 7): one colour, JPEG, or pixels through a filter and one of four zlib streams. */
final class TightDecoder implements RectangleDecoder {

    private static final int FILL = 8;
    private static final int JPEG = 9;
    private static final int EXPLICIT_FILTER = 4;
    private static final int FILTER_COPY = 0;
    private static final int FILTER_PALETTE = 1;
    private static final int FILTER_GRADIENT = 2;
    /** Shorter data are not compressed. */
    private static final int MIN_TO_COMPRESS = 12;

    /** What is inflated at a time: small enough to stay in the processor's cache; a row at its widest fits. */
    private static final int CHUNK = 64 << 10;

    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final PixelFormat format;
    private final int size;
    private final boolean packed;
    private final JpegDecoder jpeg;
    private final ZlibStream[] streams = {new ZlibStream(), new ZlibStream(), new ZlibStream(), new ZlibStream()};
    private final byte[] data = new byte[CHUNK + 8];
    private final int[] palette = new int[256];
    private final GradientFilter gradient;

    TightDecoder(PixelFormat format, JpegDecoder jpeg) {
        this.format = format;
        this.size = format.tightSize();
        this.packed = format.direct() && size == 3;
        this.jpeg = jpeg;
        this.gradient = new GradientFilter(format);
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int control = in.u8();
        for (int i = 0; i < 4; i++) {
            if ((control >> i & 1) != 0) {
                streams[i].reset();
            }
        }
        int kind = control >> 4;
        if (kind == FILL) {
            in.require(size);
            frame.fill(x, y, w, h, format.tightPixel(in.array(), in.position()));
            in.skip(size);
        } else if (kind == JPEG) {
            int length = compactLength(in);
            in.require(length);
            jpeg.decode(in.array(), in.position(), length, frame, x, y, w, h, format.redLow());
            in.skip(length);
        } else if (kind < FILL) {
            int filter = (kind & EXPLICIT_FILTER) != 0 ? in.u8() : FILTER_COPY;
            basic(in, streams[kind & 3], filter, frame, x, y, w, h);
        } else {
            throw new RfbException("a Tight rectangle of unknown kind " + kind);
        }
    }

    private void basic(RfbInput in, ZlibStream zlib, int filter, Frame frame, int x, int y, int w, int h)
            throws IOException {
        int colours = 0;
        int rowBytes = w * size;
        if (filter == FILTER_PALETTE) {
            colours = in.u8() + 1;
            in.require(colours * size);
            for (int i = 0, p = in.position(); i < colours; i++, p += size) {
                palette[i] = format.tightPixel(in.array(), p);
            }
            in.skip(colours * size);
            rowBytes = colours <= 2 ? w + 7 >> 3 : w;
        } else if (filter == FILTER_GRADIENT) {
            gradient.begin(w);
        } else if (filter != FILTER_COPY) {
            throw new RfbException("an unknown Tight filter " + filter);
        }
        long total = (long) rowBytes * h;
        if (total < MIN_TO_COMPRESS) {
            in.bytes(data, 0, (int) total);
            rows(filter, colours, frame, x, y, w, h);
            return;
        }
        zlib.begin(in, compactLength(in));
        int most = CHUNK / rowBytes;
        for (int done = 0; done < h; done += most) {
            int n = Math.min(most, h - done);
            zlib.readFully(data, 0, n * rowBytes, done + n == h);
            rows(filter, colours, frame, x, y + done, w, n);
        }
    }

    private void rows(int filter, int colours, Frame frame, int x, int y, int w, int h) {
        int[] to = frame.pixels();
        int stride = frame.width();
        int offset = y * stride + x;
        if (filter == FILTER_GRADIENT) {
            gradient.rows(data, to, offset, stride, w, h);
        } else if (filter == FILTER_COPY) {
            copy(to, offset, stride, w, h);
        } else if (colours <= 2) {
            Bitmaps.expand(data, 0, to, offset, stride, w, h, palette[0], palette[1]);
        } else {
            indexed(to, offset, stride, w, h);
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

    /** A length of up to 22 bits, seven or eight a byte. */
    private static int compactLength(RfbInput in) throws IOException {
        int b = in.u8();
        int length = b & 0x7f;
        if (b >= 0x80) {
            b = in.u8();
            length |= (b & 0x7f) << 7;
            if (b >= 0x80) {
                length |= in.u8() << 14;
            }
        }
        return length;
    }

    @Override
    public void close() {
        for (ZlibStream stream : streams) {
            stream.close();
        }
        jpeg.close();
    }
}
