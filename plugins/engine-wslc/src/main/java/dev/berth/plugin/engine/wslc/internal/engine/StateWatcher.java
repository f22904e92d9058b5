/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerState;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.Registration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners when a container's state is another than before. {@code wslc} tells no events, so one listing of all
 * containers is asked for from time to time. Without a listener there is no thread and no command.
 */
final class StateWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateWatcher.class);
    private static final long PERIOD_MILLISECONDS = 1_000;

    /** The states of all of Berth's containers, by id. */
    interface Source {
        Map<String, ContainerState> states() throws EngineException, InterruptedException;
    }

    private final Source source;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private @Nullable Thread looker;

    StateWatcher(Source source) {
        this.source = source;
    }

    private static final class Watch {
        private final String id;
        private final Consumer<ContainerState> listener;
        private @Nullable ContainerState last;

        private Watch(String id, Consumer<ContainerState> listener, @Nullable ContainerState last) {
            this.id = id;
            this.listener = listener;
            this.last = last;
        }
    }

    /** @param now its state at the moment, as far as it is known */
    Registration watch(String id, @Nullable ContainerState now, Consumer<ContainerState> listener) {
        Watch watch = new Watch(id, listener, now);
        synchronized (this) {
            watches.add(watch);
            if (looker == null) {
                looker = new Thread(this::look, "berth-engine-wslc-states");
                looker.setDaemon(true);
                looker.start();
            }
        }
        return () -> remove(watch);
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
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLISECONDS);
                try {
                    Map<String, ContainerState> states = source.states();
                    for (Watch watch : watches) {
                        tell(watch, states.getOrDefault(watch.id, ContainerState.REMOVED));
                    }
                } catch (EngineException e) {
                    LOG.debug("The states of containers cannot be told", e);
                }
            }
        } catch (InterruptedException e) {
            // The last listener went away.
        }
    }

    private static void tell(Watch watch, ContainerState now) {
        if (now == watch.last) {
            return;
        }
        watch.last = now;
        try {
            watch.listener.accept(now);
        } catch (RuntimeException e) {
            LOG.warn("A listener for the state of {} failed", watch.id, e);
        }
    }

    @Override
    public void close() {
        watches.clear();
        stop();
    }
}
