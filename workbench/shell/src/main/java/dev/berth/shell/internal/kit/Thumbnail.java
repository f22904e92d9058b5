/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import dev.berth.api.task.AnyThread;
import dev.berth.sessions.FrameBuffer;
import java.awt.image.BufferedImage;

/** A small picture of a desktop: each of its pixels is the mean of those that it stands for, so that text stays grey. */
@AnyThread
public final class Thumbnail {

    private Thumbnail() {}

    /**
     * Makes a picture smaller, never larger, its proportions kept.
     *
     * @param width at most, in pixels
     * @param height at most, in pixels
     */
    public static BufferedImage of(FrameBuffer.Picture picture, int width, int height) {
        int fullWidth = Math.max(1, picture.width());
        int fullHeight = Math.max(1, picture.height());
        double scale = Math.min(1, Math.min((double) width / fullWidth, (double) height / fullHeight));
        int w = Math.max(1, (int) Math.round(fullWidth * scale));
        int h = Math.max(1, (int) Math.round(fullHeight * scale));
        BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        if (picture.pixels().length == 0) {
            return image;
        }
        int[] line = new int[w];
        for (int y = 0; y < h; y++) {
            int top = (int) ((long) y * fullHeight / h);
            int bottom = Math.max(top + 1, (int) ((long) (y + 1) * fullHeight / h));
            for (int x = 0; x < w; x++) {
                int left = (int) ((long) x * fullWidth / w);
                int right = Math.max(left + 1, (int) ((long) (x + 1) * fullWidth / w));
                line[x] = mean(picture.pixels(), fullWidth, left, top, right, bottom);
            }
            image.setRGB(0, y, w, 1, line, 0, w);
        }
        return image;
    }

    private static int mean(int[] pixels, int stride, int left, int top, int right, int bottom) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int at = y * stride + left; at < y * stride + right; at++) {
                int pixel = pixels[at];
                red += pixel >> 16 & 0xff;
                green += pixel >> 8 & 0xff;
                blue += pixel & 0xff;
            }
        }
        long count = (long) (right - left) * (bottom - top);
        return (int) (red / count << 16 | green / count << 8 | blue / count);
    }
}
