/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.platform.task.TaskRunner;
import dev.berth.platform.task.TaskSnapshot;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.SwingConstants;

/** The tool window that lists what runs and what ended lately. */
@OnEdt
final class TasksPanel extends JPanel {

    private static final int STEPS = 1000;

    private final transient TaskRunner tasks;
    private final transient Icons icons;
    private final transient Map<Long, Row> rows = new LinkedHashMap<>();
    private final JPanel list = new JPanel();
    private final JLabel none = Ui.muted(new JLabel(Texts.of("tasks.none"), SwingConstants.CENTER));

    TasksPanel(TaskRunner tasks, Icons icons, Consumer<Registration> onClose) {
        super(new BorderLayout());
        this.tasks = tasks;
        this.icons = icons;
        setName("tasks");
        none.setName("tasks.none");
        list.setLayout(new BoxLayout(list, BoxLayout.Y_AXIS));
        list.setBorder(Ui.padding(1, 2, 1, 2));
        JPanel top = new JPanel(new BorderLayout());
        top.add(list, BorderLayout.NORTH);
        JScrollPane scroll = new JScrollPane(top);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.getVerticalScrollBar().setUnitIncrement(16);
        add(scroll, BorderLayout.CENTER);
        tasks.tasks().forEach(this::update);
        onClose.accept(tasks.onChange(snapshot -> Edt.runLater(() -> update(snapshot))));
        showNone();
    }

    private void showNone() {
        if (rows.isEmpty()) {
            add(none, BorderLayout.NORTH);
            none.setBorder(Ui.padding(3, 2, 3, 2));
        } else {
            remove(none);
        }
    }

    private void update(TaskSnapshot task) {
        Row row = rows.get(task.id());
        if (row == null) {
            row = new Row(task);
            rows.put(task.id(), row);
            list.add(row, 0);
            showNone();
            revalidate();
        }
        row.update(task);
    }

    private final class Row extends JPanel {
        private final JLabel title = new JLabel();
        private final JLabel about = Ui.muted(new JLabel(" "));
        private final JProgressBar bar = new JProgressBar(0, STEPS);
        private final JButton cancel;

        Row(TaskSnapshot task) {
            super(new BorderLayout(2 * Ui.GRID, 2));
            setName("task." + task.id());
            setBorder(Ui.padding(0.75, 0, 0.75, 0));
            title.setText(task.title());
            title.setIconTextGap(Ui.GRID);
            cancel = Ui.iconButton(
                    "task.cancel", Texts.of("button.cancel"), icons.of("cancel"), () -> tasks.cancel(task.id()));
            bar.setPreferredSize(new Dimension(220, 6));
            JPanel right = new JPanel();
            right.setLayout(new BoxLayout(right, BoxLayout.X_AXIS));
            right.add(bar);
            right.add(Ui.gapAcross(1));
            right.add(cancel);
            JPanel text = new JPanel(new BorderLayout());
            text.add(title, BorderLayout.NORTH);
            text.add(about, BorderLayout.SOUTH);
            add(text, BorderLayout.CENTER);
            add(right, BorderLayout.EAST);
            setAlignmentX(Component.LEFT_ALIGNMENT);
        }

        void update(TaskSnapshot task) {
            boolean runs = !task.ended();
            title.setIcon(icons.of(
                    switch (task.state()) {
                        case RUNNING -> "busy";
                        case DONE -> "check";
                        case FAILED -> "error";
                        case CANCELLED -> "cancel";
                    }));
            bar.setVisible(runs);
            cancel.setVisible(runs);
            bar.setIndeterminate(task.fraction() < 0);
            bar.setValue((int) (STEPS * Math.max(0, task.fraction())));
            String counted = Amounts.progress(task.unit(), task.done(), task.total(), task.rate());
            String what = task.failure()
                    .map(dev.berth.api.error.BerthException::summary)
                    .orElse(runs ? task.message() + (counted.isEmpty() ? "" : " · " + counted) : stateText(task));
            about.setText(what.isEmpty() ? " " : what);
        }

        private String stateText(TaskSnapshot task) {
            String key = task.state() == TaskSnapshot.State.CANCELLED ? "tasks.cancelled" : "tasks.done";
            return Texts.of(key, Amounts.duration(task.elapsed()));
        }
    }
}
