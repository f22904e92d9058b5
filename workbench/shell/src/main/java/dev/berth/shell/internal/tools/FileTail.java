/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The end of a file and what is written to it later; a file that becomes shorter is read anew. */
final class FileTail extends InputStream {

    private static final long LAST_BYTES = 256 * 1024;
    private static final long LOOK_MILLIS = 400;

    private final Path file;
    private @Nullable SeekableByteChannel channel;
    private volatile boolean closed;

    FileTail(Path file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!closed) {
            SeekableByteChannel open = open();
            if (open != null) {
                if (open.position() > open.size()) {
                    open.position(0);
                }
                int n = open.read(ByteBuffer.wrap(bytes, offset, length));
                if (n > 0) {
                    return n;
                }
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
        return -1;
    }

    private @Nullable SeekableByteChannel open() throws IOException {
        if (channel == null && Files.exists(file)) {
            SeekableByteChannel opened = Files.newByteChannel(file);
            opened.position(Math.max(0, opened.size() - LAST_BYTES));
            channel = opened;
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }
}
