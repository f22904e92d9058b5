/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.Progress;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.task.TaskBody;
import dev.berth.platform.task.TaskHandle;
import dev.berth.platform.task.TaskSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task: its thread, its cancel signal, its result. */
final class RunningTask<T> implements TaskHandle<T>, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

    private final long id;
    private final String title;
    private final TaskBody<T> body;
    private final ProgressMeter meter;
    private final Executor closer;
    private final Runnable changed;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Set<Resource> resources = ConcurrentHashMap.newKeySet();
    private volatile TaskSnapshot.State state = TaskSnapshot.State.RUNNING;
    private volatile boolean cancelled;
    private volatile @Nullable Thread thread;
    private volatile @Nullable T result;
    private volatile @Nullable BerthException failure;
    private volatile Duration took = Duration.ZERO;

    RunningTask(long id, String title, TaskBody<T> body, Executor closer, Runnable changed) {
        this.id = id;
        this.title = title;
        this.body = body;
        this.closer = closer;
        this.changed = changed;
        this.meter = new ProgressMeter(title, changed, System::nanoTime);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        TaskSnapshot.State outcome = TaskSnapshot.State.FAILED;
        try {
            result = body.run(new Context(meter));
            outcome = TaskSnapshot.State.DONE;
        } catch (InterruptedException e) {
            outcome = TaskSnapshot.State.CANCELLED;
        } catch (BerthException e) {
            // Work that was cancelled often ends with the error of the resource that was closed under it.
            if (cancelled) {
                outcome = TaskSnapshot.State.CANCELLED;
            } else {
                LOG.info("{} failed: {} {}", title, e.summary(), e.detail(), e);
                failure = e;
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed unexpectedly", title, e);
            failure = new BerthException("task.bug", title + " failed because of a mistake in Berth: " + e, e);
        } finally {
            synchronized (this) {
                thread = null;
            }
            took = Duration.ofNanos(System.nanoTime() - startedNanos);
            state = outcome;
            end.countDown();
            changed.run();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        synchronized (this) {
            Thread worker = thread;
            if (worker != null) {
                worker.interrupt();
            }
        }
        for (Resource resource : resources) {
            resource.closeSoon();
        }
    }

    @Override
    @SuppressWarnings("NullAway") // A task may end with null, if its type says so.
    public T await() throws BerthException, InterruptedException {
        boolean interrupted = false;
        while (true) {
            try {
                end.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                cancel();
            }
        }
        BerthException error = failure;
        if (error != null) {
            throw error;
        }
        if (interrupted || state == TaskSnapshot.State.CANCELLED) {
            throw new InterruptedException(title + " was cancelled");
        }
        return result;
    }

    @Override
    public TaskSnapshot snapshot() {
        TaskSnapshot.State now = state;
        ProgressMeter.Reading reading = meter.read();
        return new TaskSnapshot(
                id,
                title,
                now,
                reading.message(),
                reading.unit(),
                reading.done(),
                reading.total(),
                reading.rate(),
                started,
                now == TaskSnapshot.State.RUNNING ? Duration.ofNanos(System.nanoTime() - startedNanos) : took,
                now == TaskSnapshot.State.RUNNING ? reading.parts() : List.of(),
                reading.log(),
                Optional.ofNullable(failure));
    }

    private final class Context implements TaskContext {

        private final Progress progress;

        Context(Progress progress) {
            this.progress = progress;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public void checkCancelled() throws InterruptedException {
            if (cancelled || Thread.interrupted()) {
                throw new InterruptedException(title + " was cancelled");
            }
        }

        @Override
        public Registration onCancel(AutoCloseable closeable) {
            Resource resource = new Resource(closeable);
            resources.add(resource);
            if (cancelled) {
                resource.closeSoon();
            }
            return resource;
        }

        @Override
        public TaskContext with(Progress other) {
            return new Context(other);
        }
    }

    /** Something to be closed on cancel, at most once, and never after it was taken back. */
    private final class Resource implements Registration {

        private @Nullable AutoCloseable closeable;

        Resource(AutoCloseable closeable) {
            this.closeable = closeable;
        }

        void closeSoon() {
            closer.execute(this::closeNow);
        }

        private synchronized void closeNow() {
            AutoCloseable target = closeable;
            closeable = null;
            if (target != null) {
                try {
                    target.close();
                } catch (Exception e) {
                    LOG.debug("closing on cancel", e);
                }
            }
        }

        @Override
        public synchronized void close() {
            closeable = null;
            resources.remove(this);
        }
    }
}
