/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** The standard input and output of the script, whatever engine and network lie between. */
final class StreamWire implements FuseWire {

    private static final int PART = 0x20000;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] received = new byte[PART];
    private final byte[] sent = new byte[PART];

    StreamWire(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public boolean receive(ByteBuffer into) throws IOException {
        boolean first = true;
        while (into.hasRemaining()) {
            int length = in.read(received, 0, Math.min(PART, into.remaining()));
            if (length < 0) {
                if (first) {
                    return false;
                }
                throw new EOFException("the stream ends in a message");
            }
            into.put(received, 0, length);
            first = false;
        }
        return true;
    }

    @Override
    public void send(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            int length = Math.min(PART, from.remaining());
            from.get(sent, 0, length);
            out.write(sent, 0, length);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try (in) {
            out.close();
        }
    }
}
