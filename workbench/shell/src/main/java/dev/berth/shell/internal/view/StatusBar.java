/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.status.StatusItem;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Line;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Cursor;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** The line at the bottom: the engine, the tasks, the desktop's size and rate. */
@OnEdt
final class StatusBar extends JPanel {

    private final JLabel engine = item("status.engine");
    private final JLabel tasks = item("status.tasks");
    private final JLabel picture = item("status.picture");
    private final JPanel extra = line();

    StatusBar(Icons icons, Runnable onTasks) {
        super(new BorderLayout());
        setName("statusBar");
        drawLine();
        engine.setIcon(icons.of("engine"));
        tasks.setIcon(icons.of("tasks"));
        tasks.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
        tasks.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
                onTasks.run();
            }
        });
        JPanel left = line();
        left.add(engine);
        JPanel right = line();
        right.add(extra);
        right.add(picture);
        right.add(Ui.gapAcross(2));
        right.add(tasks);
        add(left, BorderLayout.CENTER);
        add(right, BorderLayout.EAST);
        engine("");
        tasks("");
    }

    private static JPanel line() {
        JPanel line = new JPanel();
        line.setOpaque(false);
        line.setLayout(new BoxLayout(line, BoxLayout.X_AXIS));
        return line;
    }

    private static JLabel item(String name) {
        JLabel label = Ui.muted(new JLabel(" "));
        label.setName(name);
        label.setIconTextGap(6);
        return label;
    }

    private void drawLine() {
        setBorder(BorderFactory.createCompoundBorder(new Line(1, 0, 0, 0), Ui.padding(0.5, 1.5, 0.5, 1.5)));
    }

    void engine(String text) {
        engine.setText(text);
        engine.setVisible(!text.isEmpty());
    }

    void tasks(String text) {
        tasks.setText(text);
        tasks.setVisible(!text.isEmpty());
    }

    void picture(String text) {
        picture.setText(text);
    }

    /** Shows what plugins have to say; a click runs their commands. */
    void widgets(List<StatusItem> items, Icons icons, Consumer<String> command) {
        extra.removeAll();
        for (StatusItem item : items) {
            JLabel label = Ui.muted(new JLabel(item.text(), icons.of(item.icon()), JLabel.LEADING));
            if (item.icon().isEmpty()) {
                label.setIcon(null);
            }
            label.setName("status.widget");
            label.setToolTipText(item.tooltip().isEmpty() ? null : item.tooltip());
            if (!item.commandId().isEmpty()) {
                label.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
                label.addMouseListener(new MouseAdapter() {
                    @Override
                    public void mouseClicked(MouseEvent event) {
                        command.accept(item.commandId());
                    }
                });
            }
            extra.add(label);
            extra.add(Ui.gapAcross(2));
        }
        extra.revalidate();
        extra.repaint();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (engine != null) {
            drawLine();
        }
    }
}
