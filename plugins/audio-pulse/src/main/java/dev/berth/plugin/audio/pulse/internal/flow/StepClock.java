/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;

/**
 * Smooths a position that moves in steps: between two steps it goes on at the nominal rate, no further than the last
 * step went. Without that, two positions whose steps drift past each other would seem to swing by a whole step. One
 * thread writes, another may read.
 */
final class StepClock {

    /** What moves further at once is a burst after a stall, not a period. */
    private static final long LONGEST_STEP = PcmFormat.frames(25);

    private volatile int version;
    private long position;
    private long step;
    private long since;

    void restart(long at, long now) {
        version++;
        position = at;
        step = 0;
        since = now;
        version++;
    }

    /** Tells where the position is, at {@link System#nanoTime}. */
    void update(long at, long now) {
        if (at == position) {
            return;
        }
        version++;
        step = Math.min(Math.max(0, at - position), LONGEST_STEP);
        position = at;
        since = now;
        version++;
    }

    /** How far it last moved at once; for the thread that writes. */
    long step() {
        return step;
    }

    /** Where it is in between. */
    double at(long now) {
        while (true) {
            int before = version;
            long from = position;
            double gone = Math.max(0, now - since) * (PcmFormat.RATE / 1e9);
            double result = from + Math.min(gone, step);
            if ((before & 1) == 0 && before == version) {
                return result;
            }
            Thread.onSpinWait();
        }
    }
}
