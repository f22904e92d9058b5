/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import java.util.Arrays;

/** The least that was left over within the last two minutes: by so much less could have been held. */
final class Spare {

    private static final int SLOTS = 10;
    private static final long SLOT_NANOS = 12_000_000_000L;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final int[] least = new int[SLOTS];
    private int slot;
    private long begun = LONG_AGO;

    Spare() {
        forget();
    }

    /** Nothing is known any more; so nothing is to spare until two minutes have gone by. */
    void forget() {
        Arrays.fill(least, 0);
    }

    /** Takes what is left over now. */
    void note(int frames, long now) {
        if (now - begun > SLOT_NANOS) {
            begun = now;
            slot = (slot + 1) % SLOTS;
            least[slot] = frames;
        }
        least[slot] = Math.min(least[slot], frames);
    }

    int least() {
        int all = least[0];
        for (int i = 1; i < SLOTS; i++) {
            all = Math.min(all, least[i]);
        }
        return all;
    }
}
