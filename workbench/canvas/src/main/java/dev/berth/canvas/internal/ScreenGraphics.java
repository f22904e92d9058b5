/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.Window;
import java.awt.geom.AffineTransform;
import java.util.Arrays;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * Graphics of a component on the screen, in device pixels from the corner of the component. Making one costs more than a small blit and
 * some hundred bytes for each ancestor, so it is kept until the component or an ancestor is at another place or of another size.
 * Java 2D itself follows when the window gets another surface. Event thread only.
 */
public final class ScreenGraphics {

    private final JComponent component;
    private @Nullable Graphics2D kept;
    private int[] places = new int[32];
    private int length;

    /** Of a component. */
    public ScreenGraphics(JComponent component) {
        this.component = component;
    }

    /** The graphics, or null while the component is in no window; the caller neither changes clip and transform nor disposes of it. */
    public @Nullable Graphics2D get() {
        boolean same = isWhereItWas();
        if (kept == null || !same) {
            drop();
            kept = (Graphics2D) component.getGraphics();
            if (kept != null) {
                AffineTransform to = kept.getTransform();
                kept.setTransform(AffineTransform.getTranslateInstance(
                        Math.round(to.getTranslateX()), Math.round(to.getTranslateY())));
            }
        }
        return kept;
    }

    /** Forgets it: the component is in another window or on another screen. */
    public void drop() {
        if (kept != null) {
            kept.dispose();
            kept = null;
        }
    }

    /** Compares with the places at the last call, and notes the new ones. */
    private boolean isWhereItWas() {
        boolean same = true;
        int n = 0;
        for (Component at = component; at != null; at = at instanceof Window ? null : at.getParent()) {
            if (n + 5 > places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            same &= note(n, System.identityHashCode(at));
            same &= note(n + 1, at.getX());
            same &= note(n + 2, at.getY());
            same &= note(n + 3, at.getWidth());
            same &= note(n + 4, at.getHeight());
            n += 5;
        }
        same &= n == length;
        length = n;
        return same;
    }

    private boolean note(int i, int value) {
        boolean same = places[i] == value;
        places[i] = value;
        return same;
    }
}
