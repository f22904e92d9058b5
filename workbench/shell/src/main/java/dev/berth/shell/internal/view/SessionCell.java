/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridLayout;
import java.awt.RenderingHints;
import java.util.Locale;
import javax.swing.Icon;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;
import javax.swing.UIManager;

/** A row of the session list: a dot for the state, the name, and below it the recipe and the state in words. */
final class SessionCell extends JPanel implements ListCellRenderer<SessionInfo> {

    private final JLabel dot = new JLabel();
    private final JLabel name = new JLabel();
    private final JLabel about = new JLabel();

    SessionCell() {
        super(new BorderLayout(Ui.GRID, 0));
        setBorder(Ui.padding(0.75, 1, 0.75, 1));
        JPanel text = new JPanel(new GridLayout(2, 1, 0, 2));
        text.setOpaque(false);
        text.add(name);
        text.add(about);
        add(dot, BorderLayout.WEST);
        add(text, BorderLayout.CENTER);
    }

    @Override
    public Component getListCellRendererComponent(
            JList<? extends SessionInfo> list, SessionInfo session, int index, boolean selected, boolean focused) {
        String state = Texts.of("state." + session.state().name().toLowerCase(Locale.ROOT));
        dot.setIcon(new Dot(color(session.state())));
        name.setText(session.name());
        name.setFont(list.getFont().deriveFont(Font.BOLD));
        about.setText(session.recipe().isEmpty() ? state : session.recipe() + " · " + state);
        about.setFont(list.getFont().deriveFont(list.getFont().getSize2D() - 1));
        setOpaque(false);
        name.setForeground(selected ? list.getSelectionForeground() : list.getForeground());
        about.setForeground(selected ? list.getSelectionForeground() : UIManager.getColor("Berth.muted.foreground"));
        getAccessibleContext().setAccessibleName(session.name() + ", " + about.getText());
        setBackground(selected ? list.getSelectionBackground() : list.getBackground());
        setOpaque(selected);
        return this;
    }

    private static Color color(SessionState state) {
        String key = switch (state) {
            case RUNNING -> "running";
            case STARTING, STOPPING, PAUSED -> "busy";
            case STOPPED -> "stopped";
            case FAILED -> "failed";
        };
        Color color = UIManager.getColor("Berth.state." + key);
        return color == null ? Color.GRAY : color;
    }

    /** A filled circle. */
    private record Dot(Color color) implements Icon {
        private static final int SIDE = 10;

        @Override
        public int getIconWidth() {
            return SIDE;
        }

        @Override
        public int getIconHeight() {
            return SIDE;
        }

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setColor(color);
            g.fillOval(x, y, SIDE, SIDE);
            g.dispose();
        }
    }
}
