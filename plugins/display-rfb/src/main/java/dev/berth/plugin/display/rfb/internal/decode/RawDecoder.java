/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** Raw (RFC 6143, 7.7.1): pixels row by row. */
final class RawDecoder implements RectangleDecoder {

    private final PixelFormat format;

    RawDecoder(PixelFormat format) {
        this.format = format;
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int[] to = frame.pixels();
        int offset = y * frame.width() + x;
        if (format.direct()) {
            if (w == frame.width()) {
                in.ints(to, offset, w * h);
                return;
            }
            for (int row = 0; row < h; row++) {
                in.ints(to, offset, w);
                offset += frame.width();
            }
            return;
        }
        int size = format.size();
        for (int row = 0; row < h; row++) {
            in.require(w * size);
            byte[] from = in.array();
            int p = in.position();
            for (int column = 0; column < w; column++) {
                to[offset + column] = format.pixel(from, p);
                p += size;
            }
            in.position(p);
            offset += frame.width();
        }
    }
}
