/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import dev.berth.api.display.CursorImage;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.RenderingHints;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;

/** Cursors of this host from those of a guest. */
public final class Cursors {

    private Cursors() {}

    /**
     * The host's cursor that looks like the guest's.
     *
     * @param scale device pixels of the view for a pixel of the guest
     */
    public static Cursor of(CursorImage image, double scale) {
        Toolkit toolkit = Toolkit.getDefaultToolkit();
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        Dimension room = toolkit.getBestCursorSize(width, height);
        if (room.width == 0 || room.height == 0) {
            return Cursor.getDefaultCursor();
        }
        BufferedImage drawn =
                new BufferedImage(Math.max(room.width, 1), Math.max(room.height, 1), BufferedImage.TYPE_INT_ARGB);
        if (image.width() > 0 && image.height() > 0) {
            BufferedImage source = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_ARGB);
            source.setRGB(0, 0, image.width(), image.height(), image.argb(), 0, image.width());
            // A host that has no room for so large a cursor gets a smaller one.
            double shrink = Math.min(1.0, Math.min((double) room.width / width, (double) room.height / height));
            Graphics2D g = drawn.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(source, 0, 0, (int) Math.round(width * shrink), (int) Math.round(height * shrink), null);
            g.dispose();
            scale *= shrink;
        }
        Point hot = new Point(
                clamp((int) Math.round(image.hotX() * scale), drawn.getWidth()),
                clamp((int) Math.round(image.hotY() * scale), drawn.getHeight()));
        return toolkit.createCustomCursor(drawn, hot, "guest");
    }

    private static int clamp(int value, int length) {
        return Math.max(0, Math.min(length - 1, value));
    }
}
