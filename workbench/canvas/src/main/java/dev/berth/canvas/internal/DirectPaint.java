/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;

/** Whether a component may draw to the screen without the buffers of its ancestors. Event thread only. */
public final class DirectPaint {

    private DirectPaint() {}

    /**
     * Whether nothing covers a part of a component: no pop-up, no glass pane. On X11 the screen is the only copy of a
     * window's pixels, so drawing there is all there is to do; elsewhere Swing keeps a copy that would go stale.
     *
     * @param part in the component's own coordinates
     */
    public static boolean allowed(JComponent component, Rectangle part, HostKeyboard host) {
        if (host != HostKeyboard.X11) {
            return false;
        }
        Component child = component;
        for (Container parent = component.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof JComponent swing && !swing.isOptimizedDrawingEnabled()) {
                Rectangle area = SwingUtilities.convertRectangle(component, part, parent);
                for (Component sibling : parent.getComponents()) {
                    if (sibling == child) {
                        break;
                    }
                    if (sibling.isVisible() && sibling.getBounds().intersects(area)) {
                        return false;
                    }
                }
            }
            child = parent;
        }
        return true;
    }
}
