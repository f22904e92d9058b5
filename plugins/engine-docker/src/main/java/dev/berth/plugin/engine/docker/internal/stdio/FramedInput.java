/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.stdio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Both outputs of a command as one stream, as the frames come: a log. */
public final class FramedInput extends InputStream {

    private static final int HEADER = 8;

    private final InputStream in;
    private final Runnable close;
    private long left;

    /** @param close run when the reader closes this; may be another thread than the reading one */
    public FramedInput(InputStream in, Runnable close) {
        this.in = in;
        this.close = close;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        byte[] header = new byte[HEADER];
        while (left == 0) {
            int n = in.readNBytes(header, 0, HEADER);
            if (n == 0) {
                return -1;
            }
            if (n < HEADER || (header[0] & 0xff) > 3 || header[1] != 0 || header[2] != 0 || header[3] != 0) {
                throw new IOException("the engine's log is none of frames");
            }
            left = (header[4] & 0xffL) << 24 | (header[5] & 0xffL) << 16 | (header[6] & 0xffL) << 8 | header[7] & 0xffL;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("the engine's log breaks off");
        }
        left -= n;
        return n;
    }

    @Override
    public void close() {
        close.run();
    }
}
