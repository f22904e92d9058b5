/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.display.FrameSink;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A picture in memory that keeps the rules of {@link FrameSink} and complains when the protocol does not. */
final class MemorySink implements FrameSink {

    private int[] pixels = new int[0];
    private int width;
    private int height;
    private int published;
    private int resized;

    /** A copy of the picture at the end of an update. */
    record Picture(int width, int height, int[] rgb) {
        int at(int x, int y) {
            return rgb[y * width + x];
        }
    }

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

    synchronized int published() {
        return published;
    }

    synchronized int resized() {
        return resized;
    }

    synchronized Picture picture() {
        int[] rgb = pixels.clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] &= 0xffffff;
        }
        return new Picture(width, height, rgb);
    }

    /** Waits until the picture is as it should be; looks after each update. */
    synchronized Picture await(Predicate<Picture> wanted) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
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
