/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, 7.1). A body that breaks off is an error, not an end. */
final class ChunkedInput extends InputStream {

    private final BufferedInputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(BufferedInputStream in) {
        this.in = in;
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
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("the engine's answer breaks off");
        }
        left -= n;
        return n;
    }

    private void nextChunk() throws IOException {
        HttpLines lines = new HttpLines(in);
        if (!first && !lines.next().isEmpty()) {
            throw new IOException("a chunk of the engine's answer is longer than it says");
        }
        first = false;
        String line = lines.next();
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a chunk of the engine's answer has no size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            while (!lines.next().isEmpty()) {
                // Trailers are of no interest.
            }
        }
    }
}
