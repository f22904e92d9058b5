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
     * Draws what the clip lets through.
     *
     * @param g in device pixels, from the corner of the view
     * @param background of what the picture does not cover
     */
    public void paint(Graphics2D g, ViewGeometry geometry, int viewWidth, int viewHeight, Color background) {
        BufferedImage drawn = geometry.exact() ? image : scaled(geometry);
        g.setColor(background);
        if (drawn == null) {
            g.fillRect(0, 0, viewWidth, viewHeight);
            return;
        }
        int right = geometry.x() + geometry.width();
        int bottom = geometry.y() + geometry.height();
        g.fillRect(0, 0, viewWidth, geometry.y());
        g.fillRect(0, bottom, viewWidth, Math.max(0, viewHeight - bottom));
        g.fillRect(0, geometry.y(), geometry.x(), geometry.height());
        g.fillRect(right, geometry.y(), Math.max(0, viewWidth - right), geometry.height());
        drawClipped(g, drawn, geometry);
    }

    /** Java 2D's pipeline for XRender sends the whole picture to the X server when only a part is let through: so only that part is asked for. */
    private static void drawClipped(Graphics2D g, BufferedImage drawn, ViewGeometry geometry) {
        Rectangle all = new Rectangle(geometry.x(), geometry.y(), geometry.width(), geometry.height());
        Rectangle clip = g.getClipBounds();
        Rectangle part = clip == null ? all : clip.intersection(all);
        if (part.isEmpty()) {
            return;
        }
        int x = part.x - geometry.x();
        int y = part.y - geometry.y();
        g.drawImage(
                drawn,
                part.x,
                part.y,
                part.x + part.width,
                part.y + part.height,
                x,
                y,
                x + part.width,
                y + part.height,
                null);
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
