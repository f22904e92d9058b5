/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes of sessions by looking again: at once when this process changed one, every second for what others did.
 * Looks only while somebody listens. A session that is gone is told once more, as stopped.
 */
final class SessionChanges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionChanges.class);
    private static final long PERIOD_MILLIS = 1_000;

    /** Lists the sessions. */
    interface Source {
        List<SessionInfo> sessions() throws BerthException, InterruptedException;
    }

    private final Source source;
    private final List<Consumer<SessionInfo>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private boolean kicked;

    SessionChanges(Source source) {
        this.source = source;
    }

    synchronized Registration listen(Consumer<SessionInfo> listener) {
        // A wrapper, so that the same consumer may be registered twice.
        Consumer<SessionInfo> mine = listener::accept;
        listeners.add(mine);
        if (thread == null) {
            Thread started = new Thread(this::run, "berth-sessions-watch");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
        return () -> remove(mine);
    }

    private synchronized void remove(Consumer<SessionInfo> listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            close();
        }
    }

    /** Looks again now. */
    synchronized void kick() {
        kicked = true;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        Map<String, SessionInfo> known = new LinkedHashMap<>();
        boolean first = true;
        try {
            while (isCurrent()) {
                try {
                    Map<String, SessionInfo> now = new LinkedHashMap<>();
                    for (SessionInfo info : source.sessions()) {
                        now.put(info.id(), info);
                    }
                    if (!first) {
                        tell(known, now);
                    }
                    first = false;
                    known = now;
                } catch (BerthException e) {
                    LOG.warn("The sessions cannot be listed", e);
                }
                pause();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private synchronized boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    private synchronized void pause() throws InterruptedException {
        long deadline = System.nanoTime() + PERIOD_MILLIS * 1_000_000;
        while (!kicked) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        kicked = false;
    }

    private void tell(Map<String, SessionInfo> before, Map<String, SessionInfo> now) {
        now.forEach((id, info) -> {
            if (!info.equals(before.get(id))) {
                tell(info);
            }
        });
        before.forEach((id, info) -> {
            if (!now.containsKey(id)) {
                tell(new SessionInfo(
                        id,
                        info.name(),
                        SessionState.STOPPED,
                        info.recipe(),
                        info.engine(),
                        info.image(),
                        info.created()));
            }
        });
    }

    private void tell(SessionInfo info) {
        for (Consumer<SessionInfo> listener : listeners) {
            try {
                listener.accept(info);
            } catch (RuntimeException e) {
                LOG.warn("A listener for sessions failed", e);
            }
        }
    }
}
