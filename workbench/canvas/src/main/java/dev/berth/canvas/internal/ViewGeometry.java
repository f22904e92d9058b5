/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.Rectangle;

/**
 * Where a picture lies in a view, both in device pixels.
 *
 * @param x of the picture's left edge in the view
 * @param y of the picture's top edge in the view
 * @param width of the picture as drawn
 * @param height of the picture as drawn
 * @param pictureWidth of the picture itself
 * @param pictureHeight of the picture itself
 */
public record ViewGeometry(int x, int y, int width, int height, int pictureWidth, int pictureHeight) {

    /** The whole picture in the middle of the view, as large as it goes. */
    public static ViewGeometry fit(int viewWidth, int viewHeight, int pictureWidth, int pictureHeight) {
        if (pictureWidth < 1 || pictureHeight < 1 || viewWidth < 1 || viewHeight < 1) {
            return new ViewGeometry(0, 0, 0, 0, pictureWidth, pictureHeight);
        }
        double scale = Math.min((double) viewWidth / pictureWidth, (double) viewHeight / pictureHeight);
        // A picture that misses the view by a pixel or two is better left sharp.
        if (Math.abs(pictureWidth * scale - pictureWidth) <= 2
                && Math.abs(pictureHeight * scale - pictureHeight) <= 2) {
            scale = 1;
        }
        int width = Math.max(1, (int) Math.round(pictureWidth * scale));
        int height = Math.max(1, (int) Math.round(pictureHeight * scale));
        return new ViewGeometry(
                Math.max(0, (viewWidth - width) / 2),
                Math.max(0, (viewHeight - height) / 2),
                width,
                height,
                pictureWidth,
                pictureHeight);
    }

    /** Pixel on pixel, in the middle where the view is larger, else at the top left. */
    public static ViewGeometry actual(int viewWidth, int viewHeight, int pictureWidth, int pictureHeight) {
        return new ViewGeometry(
                Math.max(0, (viewWidth - pictureWidth) / 2),
                Math.max(0, (viewHeight - pictureHeight) / 2),
                pictureWidth,
                pictureHeight,
                pictureWidth,
                pictureHeight);
    }

    /** Whether a pixel of the picture is a pixel of the view. */
    public boolean exact() {
        return width == pictureWidth && height == pictureHeight;
    }

    /** The pixel of the picture under a point of the view, or the nearest. */
    public int pictureX(double viewX) {
        return toPicture(viewX - x, width, pictureWidth);
    }

    /** The pixel of the picture under a point of the view, or the nearest. */
    public int pictureY(double viewY) {
        return toPicture(viewY - y, height, pictureHeight);
    }

    private static int toPicture(double at, int drawn, int original) {
        if (drawn < 1 || original < 1) {
            return 0;
        }
        int pixel = (int) Math.floor(at * original / drawn);
        return Math.max(0, Math.min(original - 1, pixel));
    }

    /** The part of the view that a part of the picture is drawn on, with the neighbours that scaling blends in. */
    public Rectangle toView(Rectangle part) {
        if (exact()) {
            return new Rectangle(part.x + x, part.y + y, part.width, part.height);
        }
        double sx = (double) width / pictureWidth;
        double sy = (double) height / pictureHeight;
        int left = Math.max(0, (int) Math.floor(part.x * sx - sx - 1));
        int top = Math.max(0, (int) Math.floor(part.y * sy - sy - 1));
        int right = Math.min(width, (int) Math.ceil((part.x + part.width) * sx + sx + 1));
        int bottom = Math.min(height, (int) Math.ceil((part.y + part.height) * sy + sy + 1));
        return new Rectangle(left + x, top + y, Math.max(0, right - left), Math.max(0, bottom - top));
    }
}
