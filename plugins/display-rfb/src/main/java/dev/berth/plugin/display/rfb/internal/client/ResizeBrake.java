/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows down a server that changes its size without end. Each change costs a new picture, here and in whatever draws it; a person who
 * drags a corner makes a few in a second, and these pass at once.
 */
final class ResizeBrake {

    private static final int AT_ONCE = 10;
    private static final long BETWEEN = Duration.ofMillis(100).toNanos();

    /** When the change would have been due had they come evenly. */
    private long due = System.nanoTime() - AT_ONCE * BETWEEN;

    /** Waits at most a tenth of a second. One thread. */
    void hold() {
        long now = System.nanoTime();
        due = Math.max(due + BETWEEN, now - AT_ONCE * BETWEEN);
        for (long left = due - now; left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
