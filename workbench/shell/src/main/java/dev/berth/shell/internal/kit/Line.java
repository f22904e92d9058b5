/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Insets;
import javax.swing.UIManager;
import javax.swing.border.AbstractBorder;

/** A line at some edges, in the theme's colour at the time. */
public final class Line extends AbstractBorder {

    private final Insets edges;

    /** 1 for an edge with a line, else 0. */
    public Line(int top, int left, int bottom, int right) {
        edges = new Insets(top, left, bottom, right);
    }

    @Override
    public Insets getBorderInsets(Component component, Insets insets) {
        insets.set(edges.top, edges.left, edges.bottom, edges.right);
        return insets;
    }

    @Override
    public void paintBorder(Component component, Graphics g, int x, int y, int width, int height) {
        Color colour = UIManager.getColor("Berth.separator");
        g.setColor(colour == null ? Color.GRAY : colour);
        g.fillRect(x, y, width, edges.top);
        g.fillRect(x, y, edges.left, height);
        g.fillRect(x, y + height - edges.bottom, width, edges.bottom);
        g.fillRect(x + width - edges.right, y, edges.right, height);
    }
}
