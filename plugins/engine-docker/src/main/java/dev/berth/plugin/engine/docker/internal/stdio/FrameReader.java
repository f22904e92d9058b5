/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.stdio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the two outputs of a command apart that come over one stream: frames of an 8-byte header (stream 0, 1 or 2, three
 * zero bytes, length in network order) and their bytes (Docker Engine API, "Attach to a container", "Stream format").
 */
public final class FrameReader {

    private static final int HEADER = 8;

    /** Takes bytes of one of the outputs. */
    public interface Sink {
        void accept(boolean error, byte[] bytes, int offset, int length) throws IOException, InterruptedException;
    }

    private FrameReader() {}

    /** Reads until the stream ends between two frames. */
    public static void copy(InputStream in, Sink sink) throws IOException, InterruptedException {
        byte[] header = new byte[HEADER];
        byte[] buffer = new byte[32 << 10];
        while (true) {
            int n = in.readNBytes(header, 0, HEADER);
            if (n == 0) {
                return;
            }
            if (n < HEADER) {
                throw new EOFException("the engine's stream breaks off");
            }
            int kind = header[0] & 0xff;
            if (kind > 3 || header[1] != 0 || header[2] != 0 || header[3] != 0) {
                throw new IOException("the engine's stream is none of frames");
            }
            long left = (header[4] & 0xffL) << 24
                    | (header[5] & 0xffL) << 16
                    | (header[6] & 0xffL) << 8
                    | header[7] & 0xffL;
            while (left > 0) {
                n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException("the engine's stream breaks off");
                }
                // 3 is what the engine itself has to complain about.
                sink.accept(kind >= 2, buffer, 0, n);
                left -= n;
            }
        }
    }
}
