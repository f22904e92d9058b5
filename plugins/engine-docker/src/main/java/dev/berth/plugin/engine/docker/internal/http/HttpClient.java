/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over connections that it opens as they are needed and keeps for a while: over SSH a new one takes a good
 * part of a second.
 */
public final class HttpClient implements AutoCloseable {

    private static final int MOST_IDLE = 2;
    private static final long LONGEST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Transport transport;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor clock;
    private boolean closed;

    public HttpClient(Transport transport) {
        this.transport = transport;
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "berth-engine-docker-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        clock.setKeepAliveTime(5, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    public Transport transport() {
        return transport;
    }

    /** A response; closing it gives the connection back if the body was read to its end, else closes it. */
    public final class Response implements AutoCloseable {
        private final HttpConnection connection;
        private final HttpConnection.Head head;
        private final InputStream body;
        private final boolean raw;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final @Nullable ScheduledFuture<?> deadline;

        private Response(
                HttpConnection connection,
                HttpConnection.Head head,
                InputStream body,
                boolean raw,
                @Nullable ScheduledFuture<?> deadline) {
            this.connection = connection;
            this.head = head;
            this.body = body;
            this.raw = raw;
            this.deadline = deadline;
        }

        public int status() {
            return head.status();
        }

        /** A header by its name in lower case, or an empty text. */
        public String header(String name) {
            return head.header(name);
        }

        public InputStream body() {
            return body;
        }

        /** The connection as a raw stream, for a request that was {@link Request#upgraded()}. */
        public RawStream raw() {
            return new RawStream(connection.raw(), connection.duplex());
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            if (deadline != null) {
                deadline.cancel(false);
            }
            if (raw || !head.keepsConnection() || !atEnd()) {
                connection.close();
            } else {
                giveBack(connection);
            }
        }

        private boolean atEnd() {
            if (body == connection.raw()) {
                return false;
            }
            try {
                return body.read() < 0;
            } catch (IOException e) {
                return false;
            }
        }

        /** Closes the connection now, also while another thread reads from it. */
        public void abort() {
            closed.set(true);
            connection.close();
        }
    }

    /**
     * Sends a request and waits for the head of the response.
     *
     * @param limit after which the connection is closed if the response was not; zero for no limit
     */
    public Response send(Request request, Duration limit) throws IOException {
        while (true) {
            HttpConnection reused = request.source() == null && !request.upgrade() ? takeIdle() : null;
            HttpConnection connection = reused == null ? connect(limit) : reused;
            ScheduledFuture<?> deadline =
                    limit.isZero() ? null : clock.schedule(connection::close, limit.toMillis(), TimeUnit.MILLISECONDS);
            boolean done = false;
            try {
                HttpConnection.Head head = connection.exchange(request);
                boolean raw = request.upgrade() && (head.status() == 101 || head.status() == 200);
                InputStream body = raw ? connection.raw() : connection.body(head, request.method());
                done = true;
                return new Response(connection, head, body, raw, deadline);
            } catch (IOException e) {
                // An engine closes idle connections as it likes; that is nobody's failure.
                if (reused == null
                        || connection.answered()
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            } finally {
                if (!done) {
                    connection.close();
                    if (deadline != null) {
                        deadline.cancel(false);
                    }
                }
            }
        }
    }

    private HttpConnection connect(Duration limit) throws IOException {
        if (limit.isZero()) {
            return new HttpConnection(transport.open());
        }
        // Opening may hang like everything else, and there is nothing to close yet.
        Thread waiting = Thread.currentThread();
        AtomicBoolean open = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> deadline = clock.schedule(
                () -> {
                    if (open.compareAndSet(false, true)) {
                        late.set(true);
                        waiting.interrupt();
                    }
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return new HttpConnection(transport.open());
        } catch (IOException e) {
            if (late.get()) {
                throw new IOException("nobody answers at " + transport.describe(), e);
            }
            throw e;
        } finally {
            if (!open.compareAndSet(false, true)) {
                while (!late.get()) {
                    Thread.onSpinWait();
                }
                // The interrupt is ours, not the caller's.
                Thread.interrupted();
            }
            deadline.cancel(false);
        }
    }

    private synchronized @Nullable HttpConnection takeIdle() {
        for (HttpConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            if (connection.idleNanos() < LONGEST_IDLE_NANOS) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private synchronized void giveBack(HttpConnection connection) {
        if (closed || idle.size() >= MOST_IDLE) {
            connection.close();
            return;
        }
        connection.idle();
        idle.addFirst(connection);
        clock.schedule(this::closeStale, LONGEST_IDLE_NANOS + 1_000_000, TimeUnit.NANOSECONDS);
    }

    private synchronized void closeStale() {
        idle.removeIf(connection -> {
            boolean stale = connection.idleNanos() >= LONGEST_IDLE_NANOS;
            if (stale) {
                connection.close();
            }
            return stale;
        });
    }

    /** Closes what is idle; what is in use goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(HttpConnection::close);
        idle.clear();
        clock.shutdownNow();
    }
}
