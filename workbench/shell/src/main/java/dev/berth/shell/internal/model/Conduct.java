/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the contributions of each plugin behave in the window: what they threw, and how long they kept it waiting. */
@AnyThread
public final class Conduct {

    private static final Logger log = LoggerFactory.getLogger(Conduct.class);

    /** So many mishaps, none of them longer ago than {@link #MEMORY}, are too many. */
    private static final int PATIENCE = 3;

    private static final Duration MEMORY = Duration.ofMinutes(10);

    /** One click can ask a broken contribution many times over; that is one mishap. */
    private static final Duration ONE_MISHAP = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final Map<String, History> histories = new ConcurrentHashMap<>();
    private final List<Consumer<History>> listeners = new CopyOnWriteArrayList<>();
    private volatile Function<StackTraceElement, Optional<String>> origin = frame -> Optional.empty();

    /**
     * What is remembered of a plugin.
     *
     * @param mishaps how often it failed since {@code first}
     * @param first when, by {@link System#nanoTime}
     * @param latest when the last one was
     * @param last the last one in words, for a person
     * @param excess whether it has been told that these are too many
     */
    public record History(String plugin, int mishaps, long first, long latest, String last, boolean excess) {}

    /** Nothing has happened. */
    public Conduct() {
        this(System::nanoTime);
    }

    /** With a clock of the caller's, in nanoseconds. */
    public Conduct(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Says how the plugin is found that a frame of a stack belongs to. */
    public void origin(Function<StackTraceElement, Optional<String>> finder) {
        origin = finder;
    }

    /** The plugin that is on a stack, the one that was called last first. */
    public Optional<String> culprit(StackTraceElement... stack) {
        Function<StackTraceElement, Optional<String>> finder = origin;
        for (StackTraceElement frame : stack) {
            Optional<String> plugin = finder.apply(frame);
            if (plugin.isPresent()) {
                return plugin;
            }
        }
        return Optional.empty();
    }

    /** A contribution threw. Nothing happens for the window's own, whose plugin is empty. */
    public void failed(String plugin, Throwable cause) {
        String message = cause.getMessage();
        mishap(plugin, cause.getClass().getSimpleName() + (message == null ? "" : ": " + message), PATIENCE);
    }

    /** A contribution kept the event thread for so long; {@code hopeless} when it would not let go of it. */
    public void blocked(String plugin, String words, boolean hopeless) {
        mishap(plugin, words, hopeless ? 1 : PATIENCE);
    }

    private void mishap(String plugin, String words, int patience) {
        if (plugin.isEmpty()) {
            return;
        }
        long now = nanos.getAsLong();
        boolean[] tell = {false};
        History history = histories.compute(plugin, (name, before) -> {
            if (before == null || now - before.latest() > MEMORY.toNanos()) {
                tell[0] = patience == 1;
                return new History(name, 1, now, now, words, tell[0]);
            }
            if (now - before.latest() < ONE_MISHAP.toNanos() && patience > 1) {
                return before;
            }
            int count = before.mishaps() + 1;
            tell[0] = !before.excess() && count >= patience;
            return new History(name, count, before.first(), now, words, before.excess() || tell[0]);
        });
        if (tell[0]) {
            log.warn("The plugin {} failed {} times; the last time: {}", plugin, history.mishaps(), words);
            listeners.forEach(listener -> listener.accept(history));
        }
    }

    /** What is remembered of a plugin, if it ever failed. */
    public Optional<History> of(String plugin) {
        return Optional.ofNullable(histories.get(plugin));
    }

    /** Begins anew with a plugin: it was switched on again, or replaced. */
    public void forgive(String plugin) {
        histories.remove(plugin);
    }

    /** Hears of each plugin that failed too often, once, on the thread that it failed on. */
    public Registration onExcess(Consumer<History> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
