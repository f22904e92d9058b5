/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** CopyRect (RFC 6143, 7.7.2): the same pixels from elsewhere in the picture. */
final class CopyRectDecoder implements RectangleDecoder {

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        int fromX = in.u16();
        int fromY = in.u16();
        frame.check(fromX, fromY, w, h);
        frame.copy(fromX, fromY, x, y, w, h);
    }
}
