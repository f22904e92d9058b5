/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.util.concurrent.TimeUnit;

/**
 * Lets an urgent thread read no faster than sound and news of it can come: a server that floods it, which a guest's may be
 * made to do, would otherwise take a core away from everybody.
 */
final class Pace {

    private static final int PER_SECOND = 5_000;
    private static final int BURST = 2_500;
    /** What a packet of this size weighs is one. */
    private static final int UNIT = 2_048;

    private static final long NAP_MILLIS = 5;

    private double left = BURST;
    private long since = System.nanoTime();

    /** Passes a packet; waits when there were too many. */
    void pass(int length) {
        left -= 1 + (double) length / UNIT;
        if (left > 0) {
            return;
        }
        long now = System.nanoTime();
        left = Math.min(BURST, left + (now - since) * (PER_SECOND / 1e9));
        since = now;
        if (left <= 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
            } catch (InterruptedException e) {
                // The channel is closed for whoever interrupts.
                Thread.currentThread().interrupt();
            }
        }
    }
}
