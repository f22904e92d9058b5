/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * Scales a picture into an array of its own, smoothly, and only where it changed. Below half the size the picture is
 * halved first, as often as needed, by averaging four pixels, so that thin lines fade instead of vanishing; the rest is
 * linear interpolation. Two channels share a multiplication.
 */
public final class Scaler {

    private static final int EVEN = 0x00ff00ff;

    private final int sourceWidth;
    private final int sourceHeight;
    private final int width;
    private final int height;
    private final int[] pixels;
    private final @Nullable Halver halver;
    private final int[] columns;
    private final int[] columnWeights;
    private final int[] rows;
    private final int[] rowWeights;

    /** Scales pictures of one size to another. */
    public Scaler(int sourceWidth, int sourceHeight, int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        boolean halve = sourceWidth > 2 * width && sourceHeight > 2 * height;
        halver = halve ? new Halver(sourceWidth, sourceHeight, width, height) : null;
        this.sourceWidth = halver == null ? sourceWidth : halver.width();
        this.sourceHeight = halver == null ? sourceHeight : halver.height();
        columns = new int[width];
        columnWeights = new int[width];
        rows = new int[height];
        rowWeights = new int[height];
        positions(columns, columnWeights, this.sourceWidth);
        positions(rows, rowWeights, this.sourceHeight);
    }

    private static void positions(int[] at, int[] weights, int sourceLength) {
        double step = (double) sourceLength / at.length;
        for (int i = 0; i < at.length; i++) {
            double centre = Math.max(0, Math.min(sourceLength - 1.0, (i + 0.5) * step - 0.5));
            at[i] = Math.min((int) centre, Math.max(0, sourceLength - 2));
            weights[i] = (int) Math.round((centre - at[i]) * 256);
        }
    }

    /** The scaled picture. */
    public int[] pixels() {
        return pixels;
    }

    /**
     * Brings a part up to date.
     *
     * @param source all pixels of the picture
     * @param part of the picture, in its own pixels
     * @param target of the scaled picture: all that {@code part} shows in
     */
    public void update(int[] source, Rectangle part, Rectangle target) {
        int[] from = halver == null ? source : halver.update(source, part);
        int right = Math.min(width, target.x + target.width);
        int bottom = Math.min(height, target.y + target.height);
        int below = sourceHeight > 1 ? sourceWidth : 0;
        int beside = sourceWidth > 1 ? 1 : 0;
        for (int y = Math.max(0, target.y); y < bottom; y++) {
            int line = rows[y] * sourceWidth;
            int wy = rowWeights[y];
            for (int x = Math.max(0, target.x); x < right; x++) {
                int at = line + columns[x];
                int wx = columnWeights[x];
                int upper = mix(from[at], from[at + beside], wx);
                pixels[y * width + x] =
                        wy == 0 ? upper : mix(upper, mix(from[at + below], from[at + below + beside], wx), wy);
            }
        }
    }

    /** Two pixels, {@code weight} 256ths of the second. */
    static int mix(int a, int b, int weight) {
        if (a == b) {
            return a;
        }
        int rest = 256 - weight;
        int redBlue = (((a & EVEN) * rest + (b & EVEN) * weight) >>> 8) & EVEN;
        int green = (((a & 0xff00) * rest + (b & 0xff00) * weight) >>> 8) & 0xff00;
        return redBlue | green;
    }

    /** Halves a picture until one more time would be too often. */
    private static final class Halver {
        private final int sourceWidth;
        private final int width;
        private final int height;
        private final int[] pixels;
        private final @Nullable Halver next;

        Halver(int sourceWidth, int sourceHeight, int wantedWidth, int wantedHeight) {
            this.sourceWidth = sourceWidth;
            width = sourceWidth / 2;
            height = sourceHeight / 2;
            pixels = new int[width * height];
            boolean more = width > 2 * wantedWidth && height > 2 * wantedHeight;
            next = more ? new Halver(width, height, wantedWidth, wantedHeight) : null;
        }

        int width() {
            return next == null ? width : next.width();
        }

        int height() {
            return next == null ? height : next.height();
        }

        int[] update(int[] source, Rectangle part) {
            int left = Math.max(0, part.x / 2);
            int top = Math.max(0, part.y / 2);
            int right = Math.min(width, (part.x + part.width + 1) / 2);
            int bottom = Math.min(height, (part.y + part.height + 1) / 2);
            for (int y = top; y < bottom; y++) {
                int line = 2 * y * sourceWidth;
                for (int x = left; x < right; x++) {
                    int at = line + 2 * x;
                    pixels[y * width + x] =
                            average(source[at], source[at + 1], source[at + sourceWidth], source[at + sourceWidth + 1]);
                }
            }
            return next == null ? pixels : next.update(pixels, new Rectangle(left, top, right - left, bottom - top));
        }

        private static int average(int a, int b, int c, int d) {
            int redBlue = (((a & EVEN) + (b & EVEN) + (c & EVEN) + (d & EVEN)) >>> 2) & EVEN;
            int green = (((a & 0xff00) + (b & 0xff00) + (c & 0xff00) + (d & 0xff00)) >>> 2) & 0xff00;
            return redBlue | green;
        }
    }
}
