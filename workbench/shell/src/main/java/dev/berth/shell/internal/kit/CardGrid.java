/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.LayoutManager;
import javax.swing.JLabel;

/** Lays cards of one width into as many columns as there is room for; cards of a row are equally high. */
public record CardGrid(int cardWidth, int gap) implements LayoutManager {

    @Override
    public void addLayoutComponent(String name, Component component) {}

    @Override
    public void removeLayoutComponent(Component component) {}

    private int columns(Container parent) {
        int width = parent.getWidth() > 0 ? parent.getWidth() : cardWidth;
        return Math.max(1, (width + gap) / (cardWidth + gap));
    }

    private int rowHeight(Container parent, int first, int columns) {
        int height = 0;
        for (int i = first; i < Math.min(first + columns, parent.getComponentCount()); i++) {
            height = Math.max(height, parent.getComponent(i).getPreferredSize().height);
        }
        return height;
    }

    @Override
    public Dimension preferredLayoutSize(Container parent) {
        int columns = columns(parent);
        int height = 0;
        for (int first = 0; first < parent.getComponentCount(); first += columns) {
            height += rowHeight(parent, first, columns) + (first == 0 ? 0 : gap);
        }
        Insets insets = parent.getInsets();
        return new Dimension(
                columns * (cardWidth + gap) - gap + insets.left + insets.right, height + insets.top + insets.bottom);
    }

    @Override
    public Dimension minimumLayoutSize(Container parent) {
        return new Dimension(cardWidth, preferredLayoutSize(parent).height);
    }

    @Override
    public void layoutContainer(Container parent) {
        int columns = columns(parent);
        boolean leftToRight = parent.getComponentOrientation().isLeftToRight();
        int y = parent.getInsets().top;
        for (int first = 0; first < parent.getComponentCount(); first += columns) {
            int height = rowHeight(parent, first, columns);
            for (int i = first; i < Math.min(first + columns, parent.getComponentCount()); i++) {
                int across = (i - first) * (cardWidth + gap);
                int x = leftToRight ? across : parent.getWidth() - across - cardWidth;
                int width = parent.getComponent(i) instanceof JLabel
                        ? parent.getComponent(i).getPreferredSize().width
                        : cardWidth;
                parent.getComponent(i).setBounds(x, y, width, height);
            }
            y += height + gap;
        }
    }
}
