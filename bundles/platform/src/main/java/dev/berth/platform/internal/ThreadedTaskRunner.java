/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.internal;

import dev.berth.api.task.Registration;
import dev.berth.platform.task.TaskBody;
import dev.berth.platform.task.TaskHandle;
import dev.berth.platform.task.TaskRunner;
import dev.berth.platform.task.TaskSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task runner: a thread for each task, one that tells listeners, and one for closing what was cancelled. */
@Component(service = TaskRunner.class)
public final class ThreadedTaskRunner implements TaskRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadedTaskRunner.class);
    private static final int KEPT = 100;
    private static final long TELL_MILLIS = 100;

    private final List<RunningTask<?>> tasks = new ArrayList<>();
    private final List<Consumer<TaskSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Long> told = ConcurrentHashMap.newKeySet();
    private final ExecutorService closer = Executors.newCachedThreadPool(daemon("berth-cancel"));
    private final ScheduledExecutorService teller =
            Executors.newSingleThreadScheduledExecutor(daemon("berth-progress"));
    private long lastId;

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public <T> TaskHandle<T> submit(String title, TaskBody<T> body) {
        RunningTask<T> task;
        Thread thread;
        synchronized (tasks) {
            long id = ++lastId;
            task = new RunningTask<>(id, title, body, closer, () -> changed(id));
            tasks.add(task);
            forgetOld();
            thread = new Thread(task, "berth-task-" + id);
        }
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private void forgetOld() {
        int ended = 0;
        for (int i = tasks.size() - 1; i >= 0; i--) {
            if (tasks.get(i).snapshot().ended() && ++ended > KEPT) {
                tasks.remove(i);
            }
        }
    }

    @Override
    public List<TaskSnapshot> tasks() {
        synchronized (tasks) {
            return tasks.stream().<TaskSnapshot>map(RunningTask::snapshot).toList();
        }
    }

    @Override
    public Registration onChange(Consumer<TaskSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void cancel(long id) {
        synchronized (tasks) {
            for (RunningTask<?> task : tasks) {
                if (task.snapshot().id() == id) {
                    task.cancel();
                }
            }
        }
    }

    /** Has listeners told soon; further changes until then are told together. */
    private void changed(long id) {
        if (!listeners.isEmpty() && told.add(id) && !teller.isShutdown()) {
            teller.schedule(() -> tell(id), TELL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tell(long id) {
        told.remove(id);
        TaskSnapshot snapshot = null;
        synchronized (tasks) {
            for (RunningTask<?> task : tasks) {
                TaskSnapshot candidate = task.snapshot();
                if (candidate.id() == id) {
                    snapshot = candidate;
                }
            }
        }
        if (snapshot == null) {
            return;
        }
        for (Consumer<TaskSnapshot> listener : listeners) {
            try {
                listener.accept(snapshot);
            } catch (RuntimeException e) {
                LOG.warn("a listener of tasks failed", e);
            }
        }
    }

    /** Cancels what still runs. */
    @Deactivate
    public void stop() {
        synchronized (tasks) {
            tasks.forEach(RunningTask::cancel);
        }
        teller.shutdownNow();
        closer.shutdown();
    }
}
