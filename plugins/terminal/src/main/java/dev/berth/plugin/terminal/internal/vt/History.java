/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines that have scrolled off, as many as are kept. */
final class History {

    private final int limit;
    private @Nullable Line[] ring = new Line[64];
    private int first;
    private int size;

    History(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    int size() {
        return size;
    }

    /** A line, 0 being the oldest. */
    @Nullable
    Line get(int index) {
        return ring[(first + index) % ring.length];
    }

    void add(Line line) {
        if (size == limit) {
            ring[first] = line;
            first = (first + 1) % ring.length;
            return;
        }
        if (size == ring.length) {
            grow();
        }
        ring[(first + size) % ring.length] = line;
        size++;
    }

    private void grow() {
        @Nullable Line[] larger = new Line[Math.min(limit, ring.length * 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        ring = larger;
        first = 0;
    }

    @Nullable
    Line takeLast() {
        if (size == 0) {
            return null;
        }
        size--;
        int at = (first + size) % ring.length;
        Line last = ring[at];
        ring[at] = null;
        return last;
    }

    void clear() {
        Arrays.fill(ring, null);
        first = 0;
        size = 0;
    }
}
