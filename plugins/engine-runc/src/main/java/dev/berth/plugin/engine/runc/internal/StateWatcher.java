/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners when a container's state is another than before. The state may be changed by other processes and
 * lies in files and in /proc, so it is looked at in turn: a handful of reads a container, and no thread without a
 * listener.
 */
final class StateWatcher implements AutoCloseable {

    private static final long PERIOD_MILLISECONDS = 150;

    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;

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

    /** Begins to watch; {@code now} is the state that the listener need not be told. */
    Registration watch(Container container, Consumer<ContainerState> listener, @Nullable ContainerState now) {
        Watch watch = new Watch(container, listener, now);
        synchronized (this) {
            watches.add(watch);
            if (thread == null) {
                thread = new Thread(this::run, "berth-engine-runc-states");
                thread.setDaemon(true);
                thread.start();
            }
        }
        return () -> remove(watch);
    }

    private synchronized void remove(Watch watch) {
        watches.remove(watch);
        if (watches.isEmpty() && thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                for (Watch watch : watches) {
                    look(watch);
                }
                Thread.sleep(PERIOD_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // The last listener went away.
        }
    }

    private void look(Watch watch) throws InterruptedException {
        ContainerState now;
        try {
            now = watch.container.state();
        } catch (EngineException e) {
            Engine.LOG.debug("The state of {} cannot be read", watch.container.id(), e);
            return;
        }
        if (now == watch.last) {
            return;
        }
        watch.last = now;
        try {
            watch.listener.accept(now);
        } catch (RuntimeException e) {
            Engine.LOG.warn("A listener failed on the state {} of {}", now, watch.container.id(), e);
        }
        if (now == ContainerState.REMOVED) {
            remove(watch);
        }
    }

    @Override
    public synchronized void close() {
        watches.clear();
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }
}
