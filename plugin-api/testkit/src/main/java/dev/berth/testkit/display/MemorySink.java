/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.display;

import dev.berth.api.display.FrameSink;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A picture in memory that holds a protocol to the rules of {@link FrameSink}. */
public final class MemorySink implements FrameSink {

    /** Far more than any server takes; only a test that fails waits so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private int[] pixels = new int[0];
    private int width;
    private int height;
    private int published;
    private int resized;

    /** An empty picture. */
    public MemorySink() {}

    @Override
    public synchronized int[] resize(int newWidth, int newHeight) {
        if (newWidth < 1 || newHeight < 1 || newWidth > 16_384 || newHeight > 16_384) {
            throw new IllegalArgumentException(newWidth + "x" + newHeight);
        }
        int[] next = new int[newWidth * newHeight];
        for (int y = 0; y < Math.min(height, newHeight); y++) {
            System.arraycopy(pixels, y * width, next, y * newWidth, Math.min(width, newWidth));
        }
        pixels = next;
        width = newWidth;
        height = newHeight;
        resized++;
        notifyAll();
        return next;
    }

    @Override
    public synchronized void damage(int x, int y, int w, int h) {
        if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > width || y + h > height) {
            throw new IllegalArgumentException("damage outside of the picture: " + x + "," + y + " " + w + "x" + h);
        }
    }

    @Override
    public synchronized void publish() {
        published++;
        notifyAll();
    }

    /** How many updates were complete so far. */
    public synchronized int published() {
        return published;
    }

    /** How often the size was set. */
    public synchronized int resized() {
        return resized;
    }

    /** What is shown now; an update may be half done. */
    public synchronized Picture picture() {
        int[] rgb = pixels.clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] &= 0xffffff;
        }
        return new Picture(width, height, rgb);
    }

    /** Waits until the picture is as wanted. */
    public synchronized Picture await(Predicate<Picture> wanted) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Picture picture = picture();
            if (wanted.test(picture)) {
                return picture;
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException("after " + published + " updates the picture is still another");
            }
            wait(250);
        }
    }
}
