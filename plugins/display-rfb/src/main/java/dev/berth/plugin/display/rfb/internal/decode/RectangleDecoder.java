/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** Decodes the rectangles of one encoding. One thread at a time. */
interface RectangleDecoder extends AutoCloseable {

    /** Reads one rectangle, which lies inside the frame, and writes its pixels. */
    void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException;

    /** Gives back what is not on the heap. */
    @Override
    default void close() {}
}
