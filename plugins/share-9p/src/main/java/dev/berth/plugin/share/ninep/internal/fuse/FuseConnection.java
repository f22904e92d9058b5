/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.protocol.Export;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one mount on a few threads, each of which takes the next request, does it, and sends the answer. */
public final class FuseConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FuseConnection.class);
    private static final int THREADS = 4;
    private static final int BUFFER = FuseSession.LARGEST_DATA + 4096;
    private static final int CLOSE_MILLIS = 5_000;

    private final FuseWire wire;
    private final FuseSession session;
    private final Runnable ended;
    private final Object receiving = new Object();
    private final Object sending = new Object();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger working = new AtomicInteger(THREADS);
    private volatile boolean over;

    private FuseConnection(Export export, FuseWire wire, Runnable ended) {
        this.wire = wire;
        this.session = new FuseSession(export);
        this.ended = ended;
    }

    /**
     * Begins to answer.
     *
     * @param name for the names of threads
     * @param ended called once, on one of its threads, when the guest is gone or this was closed
     */
    static FuseConnection start(Export export, FuseWire wire, String name, Runnable ended) {
        FuseConnection connection = new FuseConnection(export, wire, ended);
        for (int i = 1; i <= THREADS; i++) {
            Thread thread = new Thread(
                    () -> {
                        export.volume().enterThread();
                        connection.run();
                    },
                    "berth-fuse-" + name + "-" + i);
            thread.setDaemon(true);
            connection.threads.add(thread);
        }
        connection.threads.forEach(Thread::start);
        return connection;
    }

    private void run() {
        try {
            ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer out = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            while (next(in)) {
                session.answer(in, out.clear());
                if (out.hasRemaining()) {
                    synchronized (sending) {
                        wire.send(out);
                    }
                }
            }
        } catch (IOException e) {
            if (!over) {
                LOG.debug("FUSE connection broke", e);
            }
        } finally {
            over = true;
            hangUp();
            if (working.decrementAndGet() == 0) {
                session.end();
                ended.run();
            }
        }
    }

    /** Receives a whole message; false when there are no more. */
    private boolean next(ByteBuffer in) throws IOException {
        synchronized (receiving) {
            if (over || !wire.receive(in.clear().limit(FuseRequest.HEADER))) {
                over = true;
                return false;
            }
            int size = in.getInt(0);
            if (size < FuseRequest.HEADER || size > in.capacity()) {
                throw new IOException("a message of " + Integer.toUnsignedLong(size) + " bytes");
            }
            in.limit(size);
            if (in.hasRemaining() && !wire.receive(in)) {
                throw new IOException("the stream ends in a message");
            }
            in.flip();
            return true;
        }
    }

    private void hangUp() {
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debug("closing a FUSE connection", e);
        }
    }

    /** Ends it and waits until no request is in progress. Not on one of its threads. */
    @Override
    public void close() {
        over = true;
        hangUp();
        long deadline = System.nanoTime() + CLOSE_MILLIS * 1_000_000L;
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
