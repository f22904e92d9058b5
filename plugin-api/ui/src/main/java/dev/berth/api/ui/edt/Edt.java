/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.edt;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import java.awt.EventQueue;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The gateway to the Swing event thread. Nothing else in Berth may use {@code SwingUtilities.invoke*} or {@code
 * EventQueue.invoke*}; a test holds that.
 */
@AnyThread
public final class Edt {

    /**
     * How long {@link #callAndWait} waits. Nothing that runs on the event thread takes seconds, so a longer wait means
     * that the event thread waits for the caller: a deadlock, which is better reported than suffered.
     */
    public static final Duration DEADLOCK_TIMEOUT = Duration.ofSeconds(20);

    private Edt() {}

    /** Whether this is the event thread. */
    public static boolean isEdt() {
        return EventQueue.isDispatchThread();
    }

    /** Runs something on the event thread, later, even when this is the event thread. */
    public static void runLater(Runnable task) {
        EventQueue.invokeLater(task);
    }

    /** Runs something on the event thread: now when this is it, else later. */
    public static void run(Runnable task) {
        if (isEdt()) {
            task.run();
        } else {
            EventQueue.invokeLater(task);
        }
    }

    /**
     * Runs something on the event thread and waits for its result; directly when this is the event thread.
     *
     * @throws IllegalStateException if the event thread did not get to it within {@link #DEADLOCK_TIMEOUT}, or if the
     *     task threw, with what it threw as the cause
     */
    @OnWorker
    public static <T> T callAndWait(Callable<T> task) throws InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        if (isEdt()) {
            future.run();
        } else {
            EventQueue.invokeLater(future);
        }
        try {
            return future.get(DEADLOCK_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("failed on the event thread", failed.getCause());
        } catch (TimeoutException stuck) {
            future.cancel(false);
            throw new IllegalStateException(
                    "the event thread did not answer within " + DEADLOCK_TIMEOUT + ": deadlock?", stuck);
        }
    }

    /** As {@link #callAndWait} for something without a result. */
    @OnWorker
    public static void runAndWait(Runnable task) throws InterruptedException {
        callAndWait(() -> {
            task.run();
            return Boolean.TRUE;
        });
    }

    /** Throws unless this is the event thread. */
    public static void assertOnEdt() {
        if (!isEdt()) {
            throw new IllegalStateException("must run on the event thread, not on "
                    + Thread.currentThread().getName());
        }
    }

    /** Throws if this is the event thread: for calls that may block. */
    public static void assertNotOnEdt() {
        if (isEdt()) {
            throw new IllegalStateException("may block and must not run on the event thread");
        }
    }
}
