/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** RRE (RFC 6143, 7.7.3): a background and coloured rectangles on it; CoRRE is the same with byte-sized coordinates. */
final class RreDecoder implements RectangleDecoder {

    private final PixelFormat format;
    private final boolean small;

    RreDecoder(PixelFormat format, boolean small) {
        this.format = format;
        this.small = small;
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int count = in.s32();
        if (count < 0 || (long) count > (long) w * h + 1) {
            throw new RfbException(Integer.toUnsignedString(count) + " parts in an RRE rectangle of " + w + "x" + h);
        }
        int size = format.size();
        in.require(size);
        frame.fill(x, y, w, h, format.pixel(in.array(), in.position()));
        in.skip(size);
        int entry = size + (small ? 4 : 8);
        for (int i = 0; i < count; i++) {
            in.require(entry);
            int colour = format.pixel(in.array(), in.position());
            in.skip(size);
            int partX = small ? in.u8() : in.u16();
            int partY = small ? in.u8() : in.u16();
            int partW = small ? in.u8() : in.u16();
            int partH = small ? in.u8() : in.u16();
            if (partX + partW > w || partY + partH > h) {
                throw new RfbException("a part of an RRE rectangle lies outside of it");
            }
            frame.fill(x + partX, y + partY, partW, partH, colour);
        }
    }
}
