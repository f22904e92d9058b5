/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * Damage on its way from the protocol's thread to the event thread: a short list of rectangles, and whether somebody is
 * on the way to fetch it already. Any thread.
 */
public final class DamageQueue {

    private static final int MAX_RECTANGLES = 16;

    private final List<Rectangle> rectangles = new ArrayList<>(MAX_RECTANGLES);
    private boolean fetching;

    /**
     * Adds damage.
     *
     * @param quads x, y, width and height of {@code count} rectangles
     * @return whether the caller has to see to it that {@link #take} is called
     */
    public synchronized boolean add(int[] quads, int count) {
        for (int i = 0; i < count; i++) {
            add(new Rectangle(quads[4 * i], quads[4 * i + 1], quads[4 * i + 2], quads[4 * i + 3]));
        }
        boolean first = !fetching;
        fetching = true;
        return first;
    }

    private void add(Rectangle more) {
        for (Rectangle known : rectangles) {
            if (known.contains(more)) {
                return;
            }
            Rectangle union = known.union(more);
            // Joined when that costs little: one blit is cheaper than two.
            if (area(union) <= (area(known) + area(more)) * 5 / 4) {
                known.setBounds(union);
                return;
            }
        }
        if (rectangles.size() == MAX_RECTANGLES) {
            Rectangle all = rectangles.get(0);
            for (Rectangle known : rectangles) {
                all = all.union(known);
            }
            rectangles.clear();
            rectangles.add(all.union(more));
            return;
        }
        rectangles.add(more);
    }

    private static long area(Rectangle r) {
        return (long) r.width * r.height;
    }

    /** What was collected; the next {@link #add} has to see to a new call. */
    public synchronized List<Rectangle> take() {
        List<Rectangle> taken = new ArrayList<>(rectangles);
        rectangles.clear();
        fetching = false;
        return taken;
    }
}
