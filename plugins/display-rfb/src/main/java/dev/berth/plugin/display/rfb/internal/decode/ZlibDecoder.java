/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** Zlib (encoding 6): raw pixels through one zlib stream. */
final class ZlibDecoder implements RectangleDecoder {

    private static final int CHUNK = 64 << 10;

    private final PixelFormat format;
    private final ZlibStream zlib = new ZlibStream();
    private final byte[] scratch = new byte[CHUNK + 8];
    private final RfbInput pixels = new RfbInput(scratch, 0, 0);

    ZlibDecoder(PixelFormat format) {
        this.format = format;
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int size = format.size();
        int rowBytes = w * size;
        int compressed = in.length(Lengths.compressed((long) rowBytes * h), "a Zlib rectangle");
        zlib.begin(in, compressed);
        int rows = rowBytes == 0 ? 0 : CHUNK / rowBytes;
        int[] to = frame.pixels();
        for (int done = 0; done < h && rows > 0; done += rows) {
            int n = Math.min(rows, h - done);
            zlib.readFully(scratch, 0, n * rowBytes, done + n == h);
            int offset = (y + done) * frame.width() + x;
            if (format.direct()) {
                pixels.rewind(n * rowBytes);
                for (int row = 0; row < n; row++) {
                    pixels.ints(to, offset, w);
                    offset += frame.width();
                }
                continue;
            }
            int p = 0;
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < w; column++) {
                    to[offset + column] = format.pixel(scratch, p);
                    p += size;
                }
                offset += frame.width();
            }
        }
        if (rows == 0 && rowBytes > 0) {
            throw new RfbException("a Zlib rectangle " + w + " pixels wide");
        }
        zlib.end();
    }

    @Override
    public void close() {
        zlib.close();
    }
}
