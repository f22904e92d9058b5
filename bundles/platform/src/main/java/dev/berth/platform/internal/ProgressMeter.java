/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.internal;

import dev.berth.api.task.Progress;
import dev.berth.api.task.Unit;
import dev.berth.platform.task.TaskSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters behind a progress. A child counts in units of its own and moves its parent by its weight. One lock for a
 * whole tree: calls are short, and a tree must be seen as one.
 */
final class ProgressMeter implements Progress {

    private static final int LOG_LINES = 500;
    private static final long RATE_WINDOW_NANOS = 5_000_000_000L;
    private static final long RATE_STEP_NANOS = 250_000_000L;

    private final Object lock;
    private final Runnable changed;
    private final LongSupplier nanoTime;
    private final @Nullable ProgressMeter parent;
    private final long weight;
    private final Deque<String> log;
    private final List<ProgressMeter> children = new ArrayList<>();
    private final Deque<long[]> samples = new ArrayDeque<>();
    private String message;
    private Unit unit = Unit.PARTS;
    private long total;
    private long done;
    private long givenToParent;
    private long rateDone;

    ProgressMeter(String message, Runnable changed, LongSupplier nanoTime) {
        this(message, changed, nanoTime, null, 0, new Object(), new ArrayDeque<>());
    }

    private ProgressMeter(
            String message,
            Runnable changed,
            LongSupplier nanoTime,
            @Nullable ProgressMeter parent,
            long weight,
            Object lock,
            Deque<String> log) {
        this.message = message;
        this.changed = changed;
        this.nanoTime = nanoTime;
        this.parent = parent;
        this.weight = weight;
        this.lock = lock;
        this.log = log;
    }

    @Override
    public void start(long newTotal, Unit newUnit, String newMessage) {
        synchronized (lock) {
            total = Math.max(0, newTotal);
            unit = newUnit;
            message = newMessage;
            done = 0;
            rateDone = 0;
            samples.clear();
            children.clear();
            moveParent();
        }
        changed.run();
    }

    @Override
    public void add(long amount) {
        synchronized (lock) {
            advance(amount);
        }
        changed.run();
    }

    private void advance(long amount) {
        done = Math.max(0, done + amount);
        rateDone += amount;
        long now = nanoTime.getAsLong();
        long[] last = samples.peekLast();
        if (last == null || now - last[0] >= RATE_STEP_NANOS) {
            samples.addLast(new long[] {now, rateDone});
            while (samples.size() > 2 && now - samples.getFirst()[0] > RATE_WINDOW_NANOS) {
                samples.removeFirst();
            }
        }
        moveParent();
    }

    /** Gives the parent its share of what is done here; never more than the weight. */
    private void moveParent() {
        if (parent == null || total <= 0) {
            return;
        }
        long share = (long) (weight * Math.min(1.0, (double) done / total));
        if (share != givenToParent) {
            parent.advance(share - givenToParent);
            givenToParent = share;
        }
        if (done >= total) {
            parent.children.remove(this);
        }
    }

    @Override
    public void total(long newTotal) {
        synchronized (lock) {
            total = Math.max(0, newTotal);
            moveParent();
        }
        changed.run();
    }

    @Override
    public void message(String newMessage) {
        synchronized (lock) {
            message = newMessage;
        }
        changed.run();
    }

    @Override
    public void log(String line) {
        synchronized (lock) {
            log.addLast(line);
            if (log.size() > LOG_LINES) {
                log.removeFirst();
            }
        }
        changed.run();
    }

    @Override
    public Progress child(long childWeight, String childMessage) {
        ProgressMeter child =
                new ProgressMeter(childMessage, changed, nanoTime, this, Math.max(0, childWeight), lock, log);
        synchronized (lock) {
            children.add(child);
        }
        changed.run();
        return child;
    }

    /** What the tree says now. */
    Reading read() {
        synchronized (lock) {
            List<TaskSnapshot.Part> parts = new ArrayList<>();
            collect(parts);
            return new Reading(message, unit, done, total, rate(), parts, List.copyOf(log));
        }
    }

    private void collect(List<TaskSnapshot.Part> parts) {
        for (ProgressMeter child : children) {
            parts.add(new TaskSnapshot.Part(child.message, child.unit, child.done, child.total));
            child.collect(parts);
        }
    }

    private double rate() {
        long[] first = samples.peekFirst();
        if (first == null) {
            return 0;
        }
        long span = nanoTime.getAsLong() - first[0];
        return span < RATE_STEP_NANOS ? 0 : Math.max(0, (rateDone - first[1]) * 1e9 / span);
    }

    /** A tree of progress at a moment. */
    record Reading(
            String message,
            Unit unit,
            long done,
            long total,
            double rate,
            List<TaskSnapshot.Part> parts,
            List<String> log) {}
}
