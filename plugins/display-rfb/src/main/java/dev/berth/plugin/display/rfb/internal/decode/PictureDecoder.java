/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import java.io.IOException;

/** Decodes pictures of a file format, mostly JPEG, into a frame. One thread at a time. */
interface PictureDecoder extends AutoCloseable {

    /**
     * Writes one picture to the rectangle, whose size it must have.
     *
     * @param redLow whether the frame holds 0xBBGGRR
     */
    void decode(byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean redLow)
            throws IOException;

    /** The name for a person. */
    String name();

    @Override
    default void close() {}
}
