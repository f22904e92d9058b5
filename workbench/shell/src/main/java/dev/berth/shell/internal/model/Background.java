/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.ui.edt.Edt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short questions to services that may block: asked on a worker, answered on the event thread. */
@AnyThread
public final class Background implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Background.class);
    private static final int THREADS = 8;
    private static final int WAITING = 256;
    private static final int LAST_SECONDS = 2;

    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    /** Has no threads until there is work. */
    public Background() {
        pool = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), this::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "berth-shell-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** What is asked. */
    @FunctionalInterface
    public interface Question<T> {
        /** Asks, on a worker. */
        T ask() throws BerthException, InterruptedException;
    }

    /** Asks, and gives the answer or the error to one of the two on the event thread; to neither when interrupted. */
    public <T> void ask(Question<T> question, Consumer<T> answer, Consumer<BerthException> error) {
        try {
            pool.execute(() -> askNow(question, answer, error));
        } catch (RejectedExecutionException full) {
            log.warn("Too much to ask, or the window is closing", full);
        }
    }

    private static <T> void askNow(Question<T> question, Consumer<T> answer, Consumer<BerthException> error) {
        try {
            T value = question.ask();
            Edt.runLater(() -> answer.accept(value));
        } catch (BerthException e) {
            Edt.runLater(() -> error.accept(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("A service failed", e);
            Edt.runLater(() -> error.accept(Failures.bug(e)));
        }
    }

    /** Lets what is under way end, for a moment, and interrupts what does not. Blocks. */
    public void finish() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts what is under way. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
