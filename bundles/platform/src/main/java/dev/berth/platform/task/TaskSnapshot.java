/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.task;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A task at a moment.
 *
 * @param id counts up from 1 in a process
 * @param message what is about to happen
 * @param done in {@code unit}
 * @param total in {@code unit}; 0 when unknown
 * @param rate units in a second, lately; 0 when unknown
 * @param elapsed until now, or until it ended
 * @param parts parts that run now
 * @param log the last lines of its log, oldest first
 * @param failure why it failed
 */
public record TaskSnapshot(
        long id,
        String title,
        State state,
        String message,
        Unit unit,
        long done,
        long total,
        double rate,
        Instant started,
        Duration elapsed,
        List<Part> parts,
        List<String> log,
        Optional<BerthException> failure) {

    /** How a task stands. */
    public enum State {
        /** Under way. */
        RUNNING,
        /** Ended well. */
        DONE,
        /** Ended with an error. */
        FAILED,
        /** Cancelled. */
        CANCELLED
    }

    /** A part of a task that counts on its own. */
    public record Part(String message, Unit unit, long done, long total) {}

    public TaskSnapshot {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(elapsed, "elapsed");
        parts = List.copyOf(parts);
        log = List.copyOf(log);
        Objects.requireNonNull(failure, "failure");
    }

    /** Done of the whole from 0 to 1, or -1 when unknown. */
    public double fraction() {
        return total <= 0 ? -1 : Math.min(1.0, (double) done / total);
    }

    /** Whether it has ended. */
    public boolean ended() {
        return state != State.RUNNING;
    }
}
