/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import javax.swing.JComponent;
import javax.swing.JRootPane;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** A tab on its way: shows where it would land, and lets it land there. */
final class Drag extends MouseAdapter {

    private static final int SLOP = 8;

    /** Where a tab is dropped. */
    enum Side {
        CENTRE,
        LEFT,
        RIGHT,
        TOP,
        BOTTOM
    }

    /** A place to drop: an area and a side of it, or a place among its tabs. */
    record Target(TabArea area, Side side, int index, Rectangle shown) {}

    /** What a drag asks of the dock. */
    interface Dragging {
        @Nullable
        TabArea areaAt(Point screen);

        void drop(JComponent view, Target target);

        void dropOutside(JComponent view, Point screen);

        void popup(TabArea area, int index, MouseEvent event);
    }

    private final TabArea area;
    private final Dragging dock;
    private @Nullable JComponent view;
    private Point start = new Point();
    private boolean moving;
    private @Nullable JRootPane marked;
    private @Nullable Component glassBefore;

    Drag(TabArea area, Dragging dock) {
        this.area = area;
        this.dock = dock;
    }

    @Override
    public void mousePressed(MouseEvent event) {
        int index = area.indexAtLocation(event.getX(), event.getY());
        if (index < 0) {
            return;
        }
        if (event.isPopupTrigger()) {
            dock.popup(area, index, event);
        } else if (SwingUtilities.isLeftMouseButton(event)) {
            view = (JComponent) area.getComponentAt(index);
            start = event.getPoint();
            moving = false;
        }
    }

    @Override
    public void mouseDragged(MouseEvent event) {
        if (view == null) {
            return;
        }
        moving |= event.getPoint().distance(start) > SLOP;
        if (moving) {
            mark(target(event.getLocationOnScreen()));
        }
    }

    @Override
    public void mouseReleased(MouseEvent event) {
        JComponent dragged = view;
        view = null;
        unmark();
        if (event.isPopupTrigger()) {
            int index = area.indexAtLocation(event.getX(), event.getY());
            if (index >= 0) {
                dock.popup(area, index, event);
            }
        } else if (dragged != null && moving) {
            Target target = target(event.getLocationOnScreen());
            if (target == null) {
                dock.dropOutside(dragged, event.getLocationOnScreen());
            } else {
                dock.drop(dragged, target);
            }
        }
        moving = false;
    }

    private @Nullable Target target(Point screen) {
        TabArea over = dock.areaAt(screen);
        if (over == null) {
            return null;
        }
        Point at = new Point(screen);
        SwingUtilities.convertPointFromScreen(at, over);
        int width = over.getWidth();
        int height = over.getHeight();
        int header = over.getTabCount() == 0 ? 0 : over.getBoundsAt(0).height;
        if (at.y < header) {
            int index = over.indexAtLocation(at.x, at.y);
            Rectangle tab = index < 0
                    ? new Rectangle(over.getBoundsAt(over.getTabCount() - 1))
                    : new Rectangle(over.getBoundsAt(index));
            return new Target(over, Side.CENTRE, index < 0 ? over.getTabCount() : index, tab);
        }
        double x = (double) at.x / width;
        double y = (double) (at.y - header) / Math.max(1, height - header);
        double edge = Math.min(Math.min(x, 1 - x), Math.min(y, 1 - y));
        if (edge > 0.25) {
            return new Target(over, Side.CENTRE, over.getTabCount(), new Rectangle(0, header, width, height - header));
        }
        if (edge == x) {
            return new Target(over, Side.LEFT, -1, new Rectangle(0, 0, width / 2, height));
        }
        if (edge == 1 - x) {
            return new Target(over, Side.RIGHT, -1, new Rectangle(width / 2, 0, width - width / 2, height));
        }
        return edge == y
                ? new Target(over, Side.TOP, -1, new Rectangle(0, 0, width, height / 2))
                : new Target(over, Side.BOTTOM, -1, new Rectangle(0, height / 2, width, height - height / 2));
    }

    private void mark(@Nullable Target target) {
        JRootPane root = target == null ? null : SwingUtilities.getRootPane(target.area());
        if (root == null || !root.equals(marked)) {
            unmark();
        }
        if (target == null || root == null) {
            return;
        }
        if (marked == null) {
            glassBefore = root.getGlassPane();
            root.setGlassPane(new Mark());
            root.getGlassPane().setVisible(true);
            marked = root;
        }
        if (root.getGlassPane() instanceof Mark mark) {
            mark.rectangle = SwingUtilities.convertRectangle(target.area(), target.shown(), mark);
            mark.repaint();
        }
    }

    private void unmark() {
        if (marked != null) {
            marked.getGlassPane().setVisible(false);
            if (glassBefore != null) {
                marked.setGlassPane(glassBefore);
            }
            marked = null;
            glassBefore = null;
        }
    }

    /** Shows where the tab would land. */
    private static final class Mark extends JComponent {
        private Rectangle rectangle = new Rectangle();

        @Override
        public boolean contains(int x, int y) {
            // The drag goes on below.
            return false;
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D g = (Graphics2D) graphics.create();
            Color accent = UIManager.getColor("Component.accentColor");
            Color shown = accent == null ? Color.BLUE : accent;
            g.setColor(new Color(shown.getRed(), shown.getGreen(), shown.getBlue(), 60));
            g.fillRect(rectangle.x, rectangle.y, rectangle.width, rectangle.height);
            g.setColor(shown);
            g.setStroke(new BasicStroke(2));
            g.drawRect(rectangle.x + 1, rectangle.y + 1, rectangle.width - 2, rectangle.height - 2);
            g.dispose();
        }
    }
}
