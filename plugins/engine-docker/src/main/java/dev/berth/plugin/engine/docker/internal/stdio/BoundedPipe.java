/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from one thread to another, a bounded number of them at a time. A blocked reader can be interrupted. When the
 * reader has closed its end, what is written is dropped, so that the writer never waits for somebody who went away.
 */
public final class BoundedPipe extends InputStream {

    private final byte[] ring;
    private int start;
    private int count;
    private boolean ended;
    private boolean dropped;
    private @Nullable IOException failure;

    /** @param size how many bytes wait at most */
    public BoundedPipe(int size) {
        ring = new byte[size];
    }

    /** Waits for room and writes; for the writing thread. */
    public synchronized void put(byte[] bytes, int offset, int length) throws InterruptedException {
        int done = 0;
        while (done < length && !dropped && !ended) {
            while (count == ring.length && !dropped && !ended) {
                wait();
            }
            int end = (start + count) % ring.length;
            int n = Math.min(Math.min(length - done, ring.length - count), ring.length - end);
            System.arraycopy(bytes, offset + done, ring, end, n);
            count += n;
            done += n;
            notifyAll();
        }
    }

    /** Nothing more comes. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** What is there can still be read, then reading fails. */
    public synchronized void fail(IOException cause) {
        if (!ended) {
            failure = cause;
            end();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (count == 0 && !ended && !dropped) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for bytes");
            }
        }
        if (dropped) {
            return -1;
        }
        if (count == 0) {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return -1;
        }
        int n = Math.min(Math.min(length, count), ring.length - start);
        System.arraycopy(ring, start, buffer, offset, n);
        start = (start + n) % ring.length;
        count -= n;
        notifyAll();
        return n;
    }

    @Override
    public synchronized int available() {
        return dropped ? 0 : count;
    }

    /** The reader goes away. */
    @Override
    public synchronized void close() {
        dropped = true;
        count = 0;
        notifyAll();
    }
}
