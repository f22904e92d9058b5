/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Unit;
import dev.berth.platform.task.TaskSnapshot;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Font;
import java.time.Duration;
import java.util.List;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.ScrollPaneConstants;
import javax.swing.UIManager;

/** What goes on until the first picture: steps with check marks, a bar, the log when asked for, and a way out. */
@OnEdt
final class BootView extends JPanel {

    private static final int WIDTH = 560;
    private static final int SHOWN_STEPS = 7;
    private static final int BAR_STEPS = 1000;

    private final transient Icons icons;
    private final transient BootSteps steps = new BootSteps();
    private final transient RateMeter meter = new RateMeter();
    private final JPanel list = new JPanel();
    private final JProgressBar bar = new JProgressBar(0, BAR_STEPS);
    private final JLabel amounts = Ui.muted(Ui.label("boot.amounts", " ", "medium"));
    private final JLabel elapsed = Ui.muted(Ui.label("boot.elapsed", " ", "medium"));
    private final JTextArea log = new JTextArea();
    private final JScrollPane logPane = new JScrollPane(log);
    private final JToggleButton showLog = new JToggleButton(Texts.of("boot.showLog"));
    private final JButton cancel;
    private String metered = "";
    private List<BootSteps.Step> drawn = List.of();
    private List<String> logged = List.of();

    BootView(String title, String subtitle, Icons icons, Runnable onCancel) {
        super(new CentredColumn(WIDTH));
        this.icons = icons;
        setName("boot");
        setBackground(UIManager.getColor("Berth.content.background"));
        JPanel column = new JPanel();
        column.setOpaque(false);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        column.add(Ui.label("boot.title", title, "h1"));
        column.add(Ui.gapDown(0.5));
        column.add(CentredColumn.wrapped(Ui.muted(Ui.paragraph("boot.subtitle", subtitle)), WIDTH));
        column.add(Ui.gapDown(4));
        list.setOpaque(false);
        list.setName("boot.steps");
        list.setLayout(new BoxLayout(list, BoxLayout.Y_AXIS));
        list.setAlignmentX(Component.LEFT_ALIGNMENT);
        column.add(list);
        column.add(Ui.gapDown(2));
        bar.setName("boot.bar");
        bar.getAccessibleContext().setAccessibleName(Texts.of("boot.bar"));
        bar.setAlignmentX(Component.LEFT_ALIGNMENT);
        bar.setIndeterminate(true);
        column.add(bar);
        column.add(Ui.gapDown(1));
        column.add(row(amounts, elapsed));
        column.add(Ui.gapDown(3));
        cancel = Ui.button("boot.cancel", Texts.of("button.cancel"), onCancel);
        showLog.setName("boot.showLog");
        showLog.addActionListener(event -> toggleLog());
        column.add(row(showLog, cancel));
        column.add(Ui.gapDown(2));
        log.setName("boot.log");
        log.setEditable(false);
        log.setFont(new Font(Font.MONOSPACED, Font.PLAIN, log.getFont().getSize() - 1));
        log.getAccessibleContext().setAccessibleName(Texts.of("boot.log"));
        logPane.setVerticalScrollBarPolicy(ScrollPaneConstants.VERTICAL_SCROLLBAR_ALWAYS);
        logPane.setAlignmentX(Component.LEFT_ALIGNMENT);
        logPane.setPreferredSize(new Dimension(WIDTH, 200));
        logPane.setVisible(false);
        column.add(logPane);
        add(column);
    }

    private static JPanel row(Component left, Component right) {
        JPanel row = new JPanel(new BorderLayout());
        row.setOpaque(false);
        row.setAlignmentX(Component.LEFT_ALIGNMENT);
        row.add(left, BorderLayout.WEST);
        row.add(right, BorderLayout.EAST);
        row.setMaximumSize(new Dimension(Integer.MAX_VALUE, row.getPreferredSize().height));
        return row;
    }

    private void toggleLog() {
        logPane.setVisible(showLog.isSelected());
        showLog.setText(Texts.of(showLog.isSelected() ? "boot.hideLog" : "boot.showLog"));
        revalidate();
    }

    /** Shows a later state of the task. */
    void update(TaskSnapshot task) {
        steps.update(task);
        drawSteps(steps.steps());
        drawBar(task);
        elapsed.setText(Amounts.duration(task.elapsed()));
        if (!task.log().equals(logged)) {
            logged = task.log();
            log.setText(String.join("\n", logged));
            log.setCaretPosition(log.getDocument().getLength());
        }
    }

    private void drawBar(TaskSnapshot task) {
        List<TaskSnapshot.Part> parts = task.parts();
        // What is counted in bytes says most to a person; else the innermost part.
        TaskSnapshot.Part shown = parts.stream()
                .filter(part -> part.unit() == Unit.BYTES && part.total() > 0)
                .findFirst()
                .orElse(parts.isEmpty() ? null : parts.get(parts.size() - 1));
        Unit unit = shown == null ? task.unit() : shown.unit();
        long done = shown == null ? task.done() : shown.done();
        long total = shown == null ? task.total() : shown.total();
        String what = shown == null ? task.message() : shown.message();
        if (!what.equals(metered)) {
            metered = what;
            meter.reset();
        }
        double rate = meter.sample(task.elapsed().toMillis() / 1000.0, done);
        bar.setIndeterminate(total <= 0);
        bar.setValue(total <= 0 ? 0 : (int) (BAR_STEPS * Math.min(done, total) / total));
        String counted = Amounts.progress(unit, done, total, rate);
        boolean named = shown != null && !what.equals(steps.current());
        amounts.setText(named ? what + (counted.isEmpty() ? "" : " · " + counted) : counted.isEmpty() ? " " : counted);
    }

    private void drawSteps(List<BootSteps.Step> now) {
        List<BootSteps.Step> shown = now.subList(Math.max(0, now.size() - SHOWN_STEPS), now.size());
        if (sameButTime(shown, drawn)) {
            return;
        }
        drawn = shown;
        list.removeAll();
        for (BootSteps.Step step : shown) {
            list.add(stepRow(step));
            list.add(Ui.gapDown(1));
        }
        list.revalidate();
        list.repaint();
    }

    private static boolean sameButTime(List<BootSteps.Step> a, List<BootSteps.Step> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).title().equals(b.get(i).title())
                    || a.get(i).done() != b.get(i).done()) {
                return false;
            }
        }
        return true;
    }

    private JPanel stepRow(BootSteps.Step step) {
        JLabel title = new JLabel(step.title(), icons.of(step.done() ? "check" : "busy"), JLabel.LEADING);
        title.setIconTextGap(Ui.GRID);
        title.getAccessibleContext()
                .setAccessibleName(Texts.of(step.done() ? "boot.stepDone" : "boot.stepRuns", step.title()));
        JLabel took = Ui.muted(new JLabel(
                step.done() && step.took().compareTo(Duration.ofSeconds(1)) >= 0 ? Amounts.duration(step.took()) : ""));
        if (step.done()) {
            Color quiet = UIManager.getColor("Berth.muted.foreground");
            title.setForeground(quiet);
        } else {
            title.setFont(title.getFont().deriveFont(Font.BOLD));
        }
        JPanel row = row(title, took);
        row.setMaximumSize(new Dimension(Integer.MAX_VALUE, title.getPreferredSize().height + 4));
        return row;
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(UIManager.getColor("Berth.content.background"));
    }
}
