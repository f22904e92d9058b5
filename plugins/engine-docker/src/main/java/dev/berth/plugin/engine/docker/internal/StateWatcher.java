/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.Registration;
import dev.berth.plugin.engine.docker.internal.http.HttpClient;
import dev.berth.plugin.engine.docker.internal.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners when a container's state is another than before. The engine's stream of events says when to look; a look
 * from time to time covers what was missed while the stream was down. Without a listener there is no thread and no
 * connection.
 */
final class StateWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateWatcher.class);
    private static final long PERIOD_MILLISECONDS = 3_000;
    private static final long AGAIN_MILLISECONDS = 1_000;

    private final Api api;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private @Nullable Thread looker;
    private @Nullable Thread reader;
    private HttpClient.@Nullable Response events;
    private boolean kicked;

    StateWatcher(Api api) {
        this.api = api;
    }

    private static final class Watch {
        private final Container container;
        private final Consumer<ContainerState> listener;
        private @Nullable ContainerState last;

        private Watch(Container container, Consumer<ContainerState> listener, @Nullable ContainerState last) {
            this.container = container;
            this.listener = listener;
            this.last = last;
        }
    }

    Registration watch(Container container, Consumer<ContainerState> listener) {
        ContainerState now = null;
        try {
            now = container.state();
        } catch (EngineException e) {
            LOG.debug("The state of {} is not known yet", container.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Watch watch = new Watch(container, listener, now);
        synchronized (this) {
            watches.add(watch);
            if (looker == null) {
                looker = started(this::look, "berth-engine-docker-states");
                reader = started(this::read, "berth-engine-docker-events");
            }
        }
        return () -> remove(watch);
    }

    private static Thread started(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private synchronized void remove(Watch watch) {
        watches.remove(watch);
        if (watches.isEmpty()) {
            stop();
        }
    }

    private synchronized void stop() {
        if (looker != null) {
            looker.interrupt();
            looker = null;
        }
        if (reader != null) {
            reader.interrupt();
            reader = null;
        }
        if (events != null) {
            events.abort();
            events = null;
        }
    }

    private void read() {
        Thread self = Thread.currentThread();
        try {
            while (true) {
                String filter = "?filters=" + Names.labelFilter(Names.CONTAINER_LABEL);
                try {
                    Request request = api.request("GET", "/events" + filter);
                    HttpClient.Response stream = api.stream(request, "The engine does not tell of events.");
                    if (!begin(self, stream)) {
                        stream.abort();
                        return;
                    }
                    kick();
                    InputStream body = stream.body();
                    byte[] buffer = new byte[4096];
                    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                        // What happened is asked for; that something did is enough to know.
                        kick();
                    }
                } catch (EngineException | IOException e) {
                    LOG.debug("The engine's events broke off", e);
                }
                Thread.sleep(AGAIN_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // The last listener went away.
        }
    }

    private synchronized boolean begin(Thread self, HttpClient.Response stream) {
        if (reader != self) {
            return false;
        }
        events = stream;
        return true;
    }

    private synchronized void kick() {
        kicked = true;
        notifyAll();
    }

    private synchronized void pause() throws InterruptedException {
        long deadline = System.nanoTime() + PERIOD_MILLISECONDS * 1_000_000;
        while (!kicked) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        kicked = false;
    }

    private void look() {
        try {
            while (true) {
                pause();
                for (Watch watch : watches) {
                    look(watch);
                }
            }
        } catch (InterruptedException e) {
            // The last listener went away.
        }
    }

    private static void look(Watch watch) throws InterruptedException {
        ContainerState now;
        try {
            now = watch.container.state();
        } catch (EngineException e) {
            LOG.debug("The state of {} cannot be told", watch.container.id(), e);
            return;
        }
        if (now != watch.last) {
            watch.last = now;
            try {
                watch.listener.accept(now);
            } catch (RuntimeException e) {
                LOG.warn("A listener for the state of {} failed", watch.container.id(), e);
            }
        }
    }

    @Override
    public void close() {
        watches.clear();
        stop();
    }
}
