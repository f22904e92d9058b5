/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.LayoutManager;
import javax.swing.JTextArea;

/** Lays one component in the middle: as wide as it is given, less where there is no room, and as high as it wants. */
record CentredColumn(int width) implements LayoutManager {

    private static final int MARGIN = 4 * Ui.GRID;

    /** Text of a column; its height is fixed to what the width makes of it. */
    static JTextArea wrapped(JTextArea area, int width) {
        area.setSize(width, Short.MAX_VALUE);
        int height = area.getPreferredSize().height;
        area.setMaximumSize(new Dimension(width, height));
        return area;
    }

    @Override
    public void addLayoutComponent(String name, Component component) {}

    @Override
    public void removeLayoutComponent(Component component) {}

    @Override
    public Dimension preferredLayoutSize(Container parent) {
        int height =
                parent.getComponentCount() == 0 ? 0 : parent.getComponent(0).getPreferredSize().height;
        return new Dimension(width + 2 * MARGIN, height + 2 * MARGIN);
    }

    @Override
    public Dimension minimumLayoutSize(Container parent) {
        return new Dimension(0, 0);
    }

    @Override
    public void layoutContainer(Container parent) {
        if (parent.getComponentCount() == 0) {
            return;
        }
        Component column = parent.getComponent(0);
        int across = Math.max(0, Math.min(width, parent.getWidth() - 2 * MARGIN));
        int down = Math.max(0, Math.min(column.getPreferredSize().height, parent.getHeight() - 2 * MARGIN));
        column.setBounds((parent.getWidth() - across) / 2, (parent.getHeight() - down) / 2, across, down);
    }
}
