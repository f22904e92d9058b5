/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads that decode rectangles beside the thread that reads them.
 *
 * <p>The reader copies what a rectangle was packed to into a {@link Task}, of which there is a fixed number, and goes on; tasks that share a
 * zlib stream are done one after the other, in order. Nobody may write where an unfinished task will write: the reader calls {@link #settle}
 * for each rectangle first, and {@link #finish} at the end of an update and before anything else happens to the frame. It does tasks
 * itself while it waits. What goes wrong in a task is thrown to the reader at its next call. All methods are the reader's.
 */
final class Workers implements AutoCloseable {

    /** The most packed bytes that a task may hold; all tasks together bound the memory. */
    static final int MAX_BYTES = 256 << 10;

    /** For a task that may be done at any time; other lanes are 0 to 30. */
    static final int NO_LANE = 31;

    private static final int TASKS = 32;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Object lock = new Object();
    private final Task[] ring = new Task[TASKS];
    private final Thread[] threads;
    private boolean started;

    /** The oldest task that is not done, and the one to fill next; both only grow. Writes under the lock. */
    private int head;

    private int tail;
    private int busyLanes;
    private int idle;
    private boolean readerWaits;
    private boolean closed;
    private @Nullable Throwable failure;
    /** Reader only: whether there may be unfinished tasks. */
    private boolean pending;

    /** With so many threads of its own, at least one. */
    Workers(int count) {
        for (int i = 0; i < TASKS; i++) {
            ring[i] = new Task();
        }
        threads = new Thread[count];
    }

    /** How many threads run tasks, the reader included: each has a number below this, the reader's is 0. */
    int runners() {
        return threads.length + 1;
    }

    /** Waits until no unfinished task writes to any of these pixels. */
    void settle(int x, int y, int w, int h) throws IOException {
        if (pending && overlaps(x, y, w, h)) {
            finish();
        }
    }

    private boolean overlaps(int x, int y, int w, int h) {
        synchronized (lock) {
            for (int i = head; i != tail; i++) {
                Task task = ring[i & TASKS - 1];
                if (task.state != Task.DONE && task.overlaps(x, y, w, h)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a lane has unfinished tasks. */
    boolean busy(int lane) {
        if (!pending) {
            return false;
        }
        synchronized (lock) {
            for (int i = head; i != tail; i++) {
                Task task = ring[i & TASKS - 1];
                if (task.state != Task.DONE && task.lane == lane) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A task to be filled and submitted. */
    Task next() throws IOException {
        while (true) {
            Task run;
            synchronized (lock) {
                check();
                if (tail - head < TASKS) {
                    return ring[tail & TASKS - 1];
                }
                run = take();
                if (run == null) {
                    await();
                    continue;
                }
            }
            run(run, 0);
        }
    }

    /** Has the task that {@link #next} gave done. */
    void submit(Task task) {
        if (!started) {
            start();
        }
        pending = true;
        synchronized (lock) {
            task.state = Task.READY;
            tail++;
            // One task alone is not worth waking somebody for: the reader does it when it has nothing else to do.
            if (idle > 0 && possible() > 1) {
                lock.notify();
            }
        }
    }

    private void start() {
        started = true;
        String name = "berth-rfb-decoder-" + COUNT.incrementAndGet() + "-";
        for (int i = 0; i < threads.length; i++) {
            int number = i + 1;
            Thread thread = new Thread(() -> work(number), name + number);
            thread.setDaemon(true);
            threads[i] = thread;
            thread.start();
        }
    }

    /** Waits until all tasks are done, and does what it can of them. */
    void finish() throws IOException {
        while (pending) {
            Task run;
            synchronized (lock) {
                check();
                if (head == tail) {
                    pending = false;
                    return;
                }
                run = take();
                if (run == null) {
                    await();
                    continue;
                }
            }
            run(run, 0);
        }
    }

    private void work(int number) {
        while (true) {
            Task task;
            synchronized (lock) {
                task = take();
                while (task == null) {
                    if (closed) {
                        return;
                    }
                    idle++;
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        // Nobody interrupts these threads; close() ends them.
                        continue;
                    } finally {
                        idle--;
                    }
                    task = take();
                }
            }
            run(task, number);
        }
    }

    /** The oldest task that can be done now. Under the lock. */
    private @Nullable Task take() {
        if (closed || failure != null) {
            return null;
        }
        int blocked = busyLanes;
        for (int i = head; i != tail; i++) {
            Task task = ring[i & TASKS - 1];
            int lane = 1 << task.lane;
            if (task.state == Task.READY && (task.lane == NO_LANE || (blocked & lane) == 0)) {
                task.state = Task.RUNNING;
                if (task.lane != NO_LANE) {
                    busyLanes |= lane;
                }
                return task;
            }
        }
        return null;
    }

    /** How many tasks could be run side by side by as many threads that have nothing to do. Under the lock. */
    private int possible() {
        int blocked = busyLanes;
        int count = 0;
        for (int i = head; i != tail; i++) {
            Task task = ring[i & TASKS - 1];
            int lane = task.lane == NO_LANE ? 0 : 1 << task.lane;
            if (task.state == Task.READY && (blocked & lane) == 0) {
                blocked |= lane;
                count++;
            }
        }
        return count;
    }

    private void run(Task task, int number) {
        Throwable thrown = null;
        try {
            task.run(number);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            thrown = e;
        }
        synchronized (lock) {
            if (thrown != null && failure == null) {
                failure = thrown;
            }
            task.state = Task.DONE;
            if (task.lane != NO_LANE) {
                busyLanes &= ~(1 << task.lane);
            }
            while (head != tail && ring[head & TASKS - 1].state == Task.DONE) {
                head++;
            }
            // The reader waits for anything to be done; helpers for what this one's lane held up, if this thread, which
            // takes the next itself, leaves them something.
            if (readerWaits || idle > 0 && possible() > (number == 0 ? 0 : 1)) {
                lock.notifyAll();
            }
        }
    }

    private void check() throws IOException {
        Throwable thrown = failure;
        if (closed) {
            throw new ClosedChannelException();
        }
        if (thrown instanceof IOException) {
            throw new RfbException(String.valueOf(thrown.getMessage()));
        }
        if (thrown != null) {
            throw new IllegalStateException("decoding a rectangle", thrown);
        }
    }

    private void await() throws IOException {
        readerWaits = true;
        try {
            lock.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while rectangles are decoded", e);
        } finally {
            readerWaits = false;
        }
    }

    /** Leaves out what has not begun, and waits for what has: one rectangle a thread. Called again it does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread != null && thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
