/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions;

import dev.berth.api.display.FrameSink;
import dev.berth.api.task.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The picture of a display in memory: what a protocol writes into and what is painted, saved or compared. Without a
 * window and without AWT.
 *
 * <p>Readers see pixels that may be written to at the same time; {@link #copy} takes a picture between two updates.
 */
public final class FrameBuffer implements FrameSink {

    /** The largest side of a picture. */
    public static final int MAX_SIDE = 16_384;

    private static final int MAX_RECTANGLES = 16;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final int[] pending = new int[4 * MAX_RECTANGLES];
    private int pendingCount;
    private volatile Picture picture = new Picture(0, 0, new int[0]);
    private volatile long updates;

    /** Hears of finished updates, on the protocol's thread; must return at once and must not keep the array. */
    public interface Listener {

        /** The picture has another size and other pixels behind it. */
        void resized(Picture picture);

        /**
         * An update is complete.
         *
         * @param rectangles x, y, width, height of each damaged rectangle
         * @param count how many rectangles
         */
        void updated(Picture picture, int[] rectangles, int count);
    }

    /**
     * A picture.
     *
     * @param pixels 0xRRGGBB, row-major, {@code width * height} of them, shared with the writer
     */
    public record Picture(int width, int height, int[] pixels) {}

    /** The picture as it is. */
    public Picture picture() {
        return picture;
    }

    /** How many updates were completed. */
    public long updates() {
        return updates;
    }

    /** Tells a listener of what comes. */
    public Registration listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized int[] resize(int width, int height) {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("bad picture size: " + width + "x" + height);
        }
        Picture old = picture;
        int[] pixels = new int[Math.multiplyExact(width, height)];
        int columns = Math.min(width, old.width());
        for (int y = 0; y < Math.min(height, old.height()); y++) {
            System.arraycopy(old.pixels(), y * old.width(), pixels, y * width, columns);
        }
        Picture next = new Picture(width, height, pixels);
        picture = next;
        pendingCount = 0;
        for (Listener listener : listeners) {
            listener.resized(next);
        }
        return pixels;
    }

    @Override
    public synchronized void damage(int x, int y, int width, int height) {
        if (width <= 0 || height <= 0) {
            return;
        }
        if (pendingCount == MAX_RECTANGLES) {
            // Past a handful, one rectangle around all costs less than keeping them apart.
            for (int i = 1; i < pendingCount; i++) {
                grow(pending[4 * i], pending[4 * i + 1], pending[4 * i + 2], pending[4 * i + 3]);
            }
            pendingCount = 1;
            grow(x, y, width, height);
            return;
        }
        int at = 4 * pendingCount++;
        pending[at] = x;
        pending[at + 1] = y;
        pending[at + 2] = width;
        pending[at + 3] = height;
    }

    private void grow(int x, int y, int width, int height) {
        int right = Math.max(pending[0] + pending[2], x + width);
        int bottom = Math.max(pending[1] + pending[3], y + height);
        pending[0] = Math.min(pending[0], x);
        pending[1] = Math.min(pending[1], y);
        pending[2] = right - pending[0];
        pending[3] = bottom - pending[1];
    }

    @Override
    public synchronized void publish() {
        if (pendingCount == 0) {
            return;
        }
        updates++;
        Picture now = picture;
        for (Listener listener : listeners) {
            listener.updated(now, pending, pendingCount);
        }
        pendingCount = 0;
        notifyAll();
    }

    /** Waits until more than {@code seen} updates were completed, or {@code millis} have passed. */
    public synchronized boolean awaitUpdate(long seen, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (updates <= seen) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** A copy of the picture, taken while no update is being published. */
    public synchronized Picture copy() {
        Picture now = picture;
        return new Picture(now.width(), now.height(), Arrays.copyOf(now.pixels(), now.pixels().length));
    }

    /** The damaged rectangles collected so far, for tests. */
    synchronized List<int[]> pendingDamage() {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < pendingCount; i++) {
            all.add(Arrays.copyOfRange(pending, 4 * i, 4 * i + 4));
        }
        return all;
    }
}
