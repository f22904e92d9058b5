/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

/**
 * Damage on its way from the protocol's thread to the event thread: a short list of rectangles, and whether somebody is
 * on the way to fetch it already. It allocates nothing, as it is used for each update. Any thread.
 */
public final class DamageQueue {

    /** The most rectangles that {@link #take} gives. */
    public static final int MAX_RECTANGLES = 16;

    /** Left, top, right and bottom of each. */
    private final int[] edges = new int[4 * MAX_RECTANGLES];

    private int count;
    private boolean fetching;

    /**
     * Adds damage.
     *
     * @param quads x, y, width and height of {@code number} rectangles
     * @return whether the caller has to see to it that {@link #take} is called
     */
    public synchronized boolean add(int[] quads, int number) {
        for (int i = 0; i < 4 * number; i += 4) {
            add(quads[i], quads[i + 1], quads[i] + quads[i + 2], quads[i + 1] + quads[i + 3]);
        }
        boolean first = !fetching;
        fetching = true;
        return first;
    }

    private void add(int left, int top, int right, int bottom) {
        for (int i = 0; i < 4 * count; i += 4) {
            int unionWidth = Math.max(edges[i + 2], right) - Math.min(edges[i], left);
            int unionHeight = Math.max(edges[i + 3], bottom) - Math.min(edges[i + 1], top);
            long apart = area(edges[i + 2] - edges[i], edges[i + 3] - edges[i + 1]) + area(right - left, bottom - top);
            // Joined when that costs little: one blit is cheaper than two.
            if (area(unionWidth, unionHeight) <= apart * 5 / 4) {
                join(i, left, top, right, bottom);
                return;
            }
        }
        if (count == MAX_RECTANGLES) {
            for (int i = 4; i < 4 * count; i += 4) {
                join(0, edges[i], edges[i + 1], edges[i + 2], edges[i + 3]);
            }
            join(0, left, top, right, bottom);
            count = 1;
            return;
        }
        int i = 4 * count++;
        edges[i] = left;
        edges[i + 1] = top;
        edges[i + 2] = right;
        edges[i + 3] = bottom;
    }

    private void join(int i, int left, int top, int right, int bottom) {
        edges[i] = Math.min(edges[i], left);
        edges[i + 1] = Math.min(edges[i + 1], top);
        edges[i + 2] = Math.max(edges[i + 2], right);
        edges[i + 3] = Math.max(edges[i + 3], bottom);
    }

    private static long area(int width, int height) {
        return (long) width * height;
    }

    /**
     * Gives what was collected; the next {@link #add} has to see to a new call.
     *
     * @param quads gets x, y, width and height of each rectangle
     * @return how many there are
     */
    public synchronized int take(int[] quads) {
        for (int i = 0; i < 4 * count; i += 4) {
            quads[i] = edges[i];
            quads[i + 1] = edges[i + 1];
            quads[i + 2] = edges[i + 2] - edges[i];
            quads[i + 3] = edges[i + 3] - edges[i + 1];
        }
        int taken = count;
        count = 0;
        fetching = false;
        return taken;
    }
}
