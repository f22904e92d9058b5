/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.sessions.SessionManager.StageTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures what each stage of a start took. */
final class Stages {

    private final List<StageTime> times = new ArrayList<>();
    private long since = System.nanoTime();

    /** Ends the stage that began with the end of the one before. */
    void end(String name) {
        long now = System.nanoTime();
        times.add(new StageTime(name, Duration.ofNanos(now - since)));
        since = now;
    }

    List<StageTime> times() {
        return List.copyOf(times);
    }
}
