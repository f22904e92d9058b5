/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import java.awt.Component;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import javax.swing.Icon;

/**
 * An image in the pixels of the screen.
 *
 * @param scale device pixels in a logical one
 */
public record ScaledImageIcon(BufferedImage image, double scale) implements Icon {

    @Override
    public int getIconWidth() {
        return (int) Math.round(image.getWidth() / scale);
    }

    @Override
    public int getIconHeight() {
        return (int) Math.round(image.getHeight() / scale);
    }

    @Override
    public void paintIcon(Component component, Graphics g, int x, int y) {
        g.drawImage(image, x, y, getIconWidth(), getIconHeight(), null);
    }
}
