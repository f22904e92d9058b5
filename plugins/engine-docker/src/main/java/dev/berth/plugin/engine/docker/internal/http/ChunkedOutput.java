/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body in chunks, for what has no length yet; {@link #close} ends the body and leaves the connection open. */
final class ChunkedOutput extends OutputStream {

    private static final int CHUNK = 64 << 10;

    private final OutputStream out;
    private final byte[] buffer = new byte[CHUNK];
    private int count;
    private boolean ended;

    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int n = Math.min(length - done, CHUNK - count);
            System.arraycopy(bytes, offset + done, buffer, count, n);
            count += n;
            done += n;
            if (count == CHUNK) {
                sendChunk();
            }
        }
    }

    private void sendChunk() throws IOException {
        if (count > 0) {
            byte[] head = (Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] chunk = new byte[head.length + count + 2];
            System.arraycopy(head, 0, chunk, 0, head.length);
            System.arraycopy(buffer, 0, chunk, head.length, count);
            chunk[chunk.length - 2] = '\r';
            chunk[chunk.length - 1] = '\n';
            count = 0;
            out.write(chunk);
        }
    }

    @Override
    public void flush() throws IOException {
        sendChunk();
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            sendChunk();
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
