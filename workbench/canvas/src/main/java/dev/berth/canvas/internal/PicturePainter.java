/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import dev.berth.sessions.FrameBuffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws a picture as a geometry lays it out, and keeps the scaled one up to date by what changed. Event thread only. */
public final class PicturePainter {

    private FrameBuffer.Picture picture = new FrameBuffer.Picture(0, 0, new int[0]);
    private @Nullable BufferedImage image;
    private @Nullable Scaler scaler;
    private @Nullable BufferedImage scaled;
    private final List<Rectangle> stale = new ArrayList<>();

    /** The picture has other pixels behind it. */
    public void picture(FrameBuffer.Picture other) {
        picture = other;
        image = other.width() < 1 ? null : PictureImage.around(other.pixels(), other.width(), other.height());
        scaler = null;
        scaled = null;
        stale.clear();
    }

    /** The width of the picture in its own pixels; 0 while there is none. */
    public int width() {
        return picture.width();
    }

    /** The height of the picture in its own pixels; 0 while there is none. */
    public int height() {
        return picture.height();
    }

    /** Part of the picture changed. */
    public void stale(Rectangle part) {
        if (scaler == null) {
            return;
        }
        Rectangle inside = part.intersection(new Rectangle(picture.width(), picture.height()));
        if (stale.size() >= 16) {
            stale.get(0).add(inside);
        } else if (!inside.isEmpty()) {
            stale.add(inside);
        }
    }

    /**
     * Draws a part of the view.
     *
     * @param g in device pixels, from the corner of the view
     * @param part in device pixels; nothing outside of it is drawn
     * @param background of what the picture does not cover
     */
    public void paint(
            Graphics2D g, ViewGeometry geometry, int viewWidth, int viewHeight, Rectangle part, Color background) {
        BufferedImage drawn = geometry.exact() ? image : scaled(geometry);
        int x = geometry.x();
        int y = geometry.y();
        int right = drawn == null ? x : Math.min(viewWidth, x + geometry.width());
        int bottom = drawn == null ? y : Math.min(viewHeight, y + geometry.height());
        int partRight = Math.min(viewWidth, part.x + part.width);
        int partBottom = Math.min(viewHeight, part.y + part.height);
        if (part.x < x || part.y < y || partRight > right || partBottom > bottom) {
            g.setColor(background);
            fill(g, part.x, part.y, partRight, Math.min(partBottom, y));
            fill(g, part.x, Math.max(part.y, bottom), partRight, partBottom);
            fill(g, part.x, Math.max(part.y, y), Math.min(partRight, x), Math.min(partBottom, bottom));
            fill(g, Math.max(part.x, right), Math.max(part.y, y), partRight, Math.min(partBottom, bottom));
        }
        int left = Math.max(part.x, x);
        int top = Math.max(part.y, y);
        right = Math.min(right, partRight);
        bottom = Math.min(bottom, partBottom);
        if (drawn != null && left < right && top < bottom) {
            // Java 2D's pipeline for XRender sends the whole picture to the X server when only a part is let through by
            // the clip: so only that part is asked for.
            g.drawImage(drawn, left, top, right, bottom, left - x, top - y, right - x, bottom - y, null);
        }
    }

    private static void fill(Graphics2D g, int left, int top, int right, int bottom) {
        if (left < right && top < bottom) {
            g.fillRect(left, top, right - left, bottom - top);
        }
    }

    private @Nullable BufferedImage scaled(ViewGeometry geometry) {
        if (image == null || geometry.width() < 1 || geometry.height() < 1) {
            return null;
        }
        BufferedImage current = scaled;
        Scaler by = scaler;
        if (current == null
                || by == null
                || current.getWidth() != geometry.width()
                || current.getHeight() != geometry.height()) {
            by = new Scaler(picture.width(), picture.height(), geometry.width(), geometry.height());
            current = PictureImage.around(by.pixels(), geometry.width(), geometry.height());
            scaler = by;
            scaled = current;
            stale.clear();
            stale.add(new Rectangle(picture.width(), picture.height()));
        }
        for (Rectangle part : stale) {
            Rectangle target = geometry.toView(part);
            target.translate(-geometry.x(), -geometry.y());
            by.update(picture.pixels(), part, target);
        }
        stale.clear();
        return current;
    }
}
