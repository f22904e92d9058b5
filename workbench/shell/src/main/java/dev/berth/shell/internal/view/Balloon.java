/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.Notice;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JLayeredPane;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** Shows the newest notice at the lower edge of the window; good news goes by itself, and the history keeps all. */
@OnEdt
final class Balloon {

    private static final int SHOWN_MILLIS = 7000;
    private static final int WIDTH = 340;
    private static final int EDGE = 16;

    private final JFrame frame;
    private final Icons icons;
    private final Timer away = new Timer(SHOWN_MILLIS, event -> hide());
    private @Nullable JPanel shown;

    Balloon(JFrame frame, Icons icons) {
        this.frame = frame;
        this.icons = icons;
        away.setRepeats(false);
        frame.getLayeredPane().addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                place();
            }
        });
    }

    void show(Notice notice) {
        hide();
        JPanel panel = panel(notice);
        shown = panel;
        frame.getLayeredPane().add(panel, JLayeredPane.POPUP_LAYER);
        place();
        if (notice.kind() == Notice.Kind.DONE) {
            away.restart();
        }
    }

    private JPanel panel(Notice notice) {
        JPanel panel = new JPanel(new BorderLayout(UIScale.scale(Ui.GRID), 0));
        panel.setName("balloon");
        panel.putClientProperty(
                FlatClientProperties.STYLE,
                "arc:12;background:$Berth.card.background;border:12,12,12,8,$Berth.card.hoverBorder,1,12");
        boolean bad = notice.kind() == Notice.Kind.FAILED;
        JLabel icon = new JLabel(icons.of(bad ? "error" : "check"));
        icon.setVerticalAlignment(JLabel.TOP);
        JPanel column = new JPanel();
        column.setOpaque(false);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        JTextArea words = Ui.paragraph("balloon.text", notice.text());
        words.setSize(UIScale.scale(WIDTH - 100), Short.MAX_VALUE);
        column.add(words);
        notice.action().ifPresent(action -> {
            column.add(Ui.gapDown(1));
            Component button = Ui.button("balloon.action", action.words(), () -> {
                hide();
                action.run().run();
            });
            column.add(button);
        });
        Box close = Box.createVerticalBox();
        close.add(Ui.iconButton("balloon.close", Texts.of("button.close"), icons.of("close"), this::hide));
        panel.add(icon, BorderLayout.LINE_START);
        panel.add(column, BorderLayout.CENTER);
        panel.add(close, BorderLayout.LINE_END);
        panel.getAccessibleContext().setAccessibleName(notice.text());
        return panel;
    }

    private void place() {
        JPanel panel = shown;
        if (panel == null) {
            return;
        }
        int width = UIScale.scale(WIDTH);
        panel.setSize(width, Short.MAX_VALUE);
        panel.validate();
        Dimension size = new Dimension(width, panel.getPreferredSize().height);
        JLayeredPane over = frame.getLayeredPane();
        boolean leftToRight = over.getComponentOrientation().isLeftToRight();
        int edge = UIScale.scale(EDGE);
        int x = leftToRight ? over.getWidth() - size.width - edge : edge;
        // Above the status bar.
        panel.setBounds(x, over.getHeight() - size.height - edge - UIScale.scale(32), size.width, size.height);
        panel.validate();
        over.repaint();
    }

    void hide() {
        away.stop();
        JPanel panel = shown;
        shown = null;
        if (panel != null) {
            frame.getLayeredPane().remove(panel);
            frame.getLayeredPane().repaint(panel.getBounds());
        }
    }
}
