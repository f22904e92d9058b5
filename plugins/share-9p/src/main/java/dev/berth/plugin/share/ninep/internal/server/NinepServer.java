/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.protocol.Session;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves an export on a socket that listens already. */
public final class NinepServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NinepServer.class);
    private static final int MOST_CONNECTIONS = 64;
    /** Threads for slow requests of all connections together, beside one for each connection. */
    private static final int WORKERS = 16;
    /** How long clients' threads may take to notice that their socket is closed. */
    private static final int CLOSE_SECONDS = 5;

    private final Export export;
    private final ServerSocketChannel listening;
    private final BufferPool buffers = new BufferPool();
    private final RequestCounters counters = new RequestCounters();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore workers = new Semaphore(WORKERS);
    private final ThreadPoolExecutor threads;
    private final Thread acceptor;

    private NinepServer(Export export, ServerSocketChannel listening, String name) {
        this.export = export;
        this.listening = listening;
        AtomicInteger number = new AtomicInteger();
        // A leader for each connection and the workers: there is always a thread, so nothing ever queues.
        this.threads = new ThreadPoolExecutor(
                0, MOST_CONNECTIONS + WORKERS + 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Runnable entering = () -> {
                        export.volume().enterThread();
                        task.run();
                    };
                    Thread thread = new Thread(entering, "berth-9p-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.acceptor = new Thread(this::accept, "berth-9p-" + name + "-accept");
        acceptor.setDaemon(true);
    }

    /**
     * Begins to serve. The server closes the channel and the export's volume when it is closed.
     *
     * @param name for the names of threads
     */
    public static NinepServer start(Export export, ServerSocketChannel listening, String name) {
        NinepServer server = new NinepServer(export, listening, name);
        server.acceptor.start();
        return server;
    }

    /** What was asked so far. */
    public RequestCounters counters() {
        return counters;
    }

    BufferPool buffers() {
        return buffers;
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                SocketChannel channel = listening.accept();
                if (connections.size() >= MOST_CONNECTIONS) {
                    LOG.warn("9P server has {} connections; one more was refused", MOST_CONNECTIONS);
                    channel.close();
                    continue;
                }
                if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                Connection connection = new Connection(channel, new Session(export), this);
                connections.add(connection);
                if (!lead(connection)) {
                    connections.remove(connection);
                }
            } catch (IOException e) {
                if (listening.isOpen()) {
                    LOG.warn("9P server could not accept a connection", e);
                    pause();
                }
            }
        }
    }

    /** Out of descriptors, most likely: that does not pass by asking again at once. */
    private void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets another thread lead a connection; false if the server is being closed. */
    boolean lead(Connection connection) {
        try {
            threads.execute(connection::lead);
            return true;
        } catch (RejectedExecutionException e) {
            connection.close();
            return false;
        }
    }

    /** Whether there is a thread for one more slow request; then {@link #handedOverDone} must follow. */
    boolean mayHandOver() {
        return workers.tryAcquire();
    }

    void handedOverDone() {
        workers.release();
    }

    void ended(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("closing a 9P server", e);
        }
        boolean interrupted = false;
        try {
            acceptor.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            connections.forEach(Connection::close);
            threads.shutdown();
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("9P requests are still in progress after the server was closed");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        connections.forEach(Connection::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (threads.isTerminated() || connections.isEmpty()) {
            export.volume().close();
        }
    }
}
