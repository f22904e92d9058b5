/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The log of a container, oldest first, and what is added to it while somebody reads. */
final class LogStream extends InputStream {

    private static final long PERIOD_MILLISECONDS = 100;

    /** Whether more may come. */
    interface Alive {
        boolean alive() throws EngineException;
    }

    private final Path log;
    private final boolean follow;
    private final Alive alive;
    private final InputStream older;
    private InputStream current;
    private long position;
    private volatile boolean closed;

    LogStream(ContainerFiles files, boolean follow, Alive alive) throws IOException {
        this.log = files.log();
        this.follow = follow;
        this.alive = alive;
        older = open(files.olderLog());
        current = open(log);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = older.read(buffer, offset, length);
        while (n <= 0) {
            if (closed) {
                return -1;
            }
            boolean more = follow && mayGrow();
            n = current.read(buffer, offset, length);
            if (n > 0) {
                position += n;
            } else if (!more) {
                return -1;
            } else {
                nap();
                reopenIfEmptied();
            }
        }
        return n;
    }

    private boolean mayGrow() throws IOException {
        try {
            return alive.alive();
        } catch (EngineException e) {
            throw new IOException(e.summary(), e);
        }
    }

    /** The supervisor empties a log that grew too long. */
    private void reopenIfEmptied() throws IOException {
        if (Files.exists(log) && Files.size(log) < position) {
            current.close();
            current = open(log);
            position = 0;
        }
    }

    private static void nap() throws IOException {
        try {
            Thread.sleep(PERIOD_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a log to grow");
        }
    }

    private static InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            return new ByteArrayInputStream(new byte[0]);
        }
    }

    @Override
    public int available() throws IOException {
        return closed ? 0 : older.available() + current.available();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        older.close();
        current.close();
    }
}
