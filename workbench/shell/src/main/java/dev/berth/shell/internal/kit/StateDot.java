/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.session.SessionState;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Locale;
import javax.swing.Icon;
import javax.swing.UIManager;

/** A filled circle in the colour of a session's state. The words beside it say the same. */
public record StateDot(SessionState state) implements Icon {

    private static final int SIDE = 10;

    /** A state in words. */
    public static String words(SessionState state) {
        return Texts.of("state." + state.name().toLowerCase(Locale.ROOT));
    }

    private Color color() {
        String key = switch (state) {
            case RUNNING -> "running";
            case STARTING, STOPPING, PAUSED -> "busy";
            case STOPPED -> "stopped";
            case FAILED -> "failed";
        };
        Color color = UIManager.getColor("Berth.state." + key);
        return color == null ? Color.GRAY : color;
    }

    @Override
    public int getIconWidth() {
        return UIScale.scale(SIDE);
    }

    @Override
    public int getIconHeight() {
        return UIScale.scale(SIDE);
    }

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(color());
        g.fillOval(x, y, getIconWidth(), getIconHeight());
        g.dispose();
    }
}
