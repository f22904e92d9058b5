/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.host.HostCheck;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.HostChecks;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.Scrollable;

/** What this host lacks, one sentence each, and a button that brings it: a tool window, and part of the Welcome page. */
@OnEdt
public final class ProblemsPanel extends JPanel {

    private final transient Host host;
    private final transient Consumer<String> badge;
    private final transient Consumer<HostChecks.Report> seen;
    private final JPanel list = new JPanel();
    private final JLabel headline = new JLabel(" ");
    private boolean asking;

    /** Looks at once. */
    public ProblemsPanel(Host host, ToolWindowContext context) {
        this(host, context::badge, report -> {});
    }

    /**
     * Looks at once.
     *
     * @param seen hears what was found, each time
     */
    public ProblemsPanel(Host host, Consumer<String> badge, Consumer<HostChecks.Report> seen) {
        super(new BorderLayout());
        this.host = host;
        this.badge = badge;
        this.seen = seen;
        setName("problems");
        JPanel top = new JPanel(new BorderLayout());
        top.setBorder(Ui.padding(0.5, 2, 0.5, 1));
        headline.setName("problems.headline");
        headline.setIconTextGap(Ui.GRID);
        top.add(headline, BorderLayout.CENTER);
        top.add(
                Ui.iconButton(
                        "problems.refresh",
                        Texts.of("problems.refresh"),
                        host.icons().of("refresh"),
                        this::look),
                BorderLayout.LINE_END);
        list.setLayout(new BoxLayout(list, BoxLayout.Y_AXIS));
        list.setBorder(Ui.padding(0, 2, 1, 2));
        JPanel column = new Column();
        column.add(list, BorderLayout.NORTH);
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.getVerticalScrollBar().setUnitIncrement(16);
        add(top, BorderLayout.NORTH);
        add(scroll, BorderLayout.CENTER);
        look();
    }

    private void look() {
        if (asking) {
            return;
        }
        asking = true;
        headline.setText(Texts.of("problems.looking"));
        headline.setIcon(host.icons().of("busy"));
        host.background().ask(() -> host.services().host().look(TaskContext.silent()), this::show, error -> {
            asking = false;
            headline.setText(error.summary());
        });
    }

    private void show(HostChecks.Report report) {
        asking = false;
        List<HostChecks.Finding> problems = report.problems();
        list.removeAll();
        for (HostChecks.Finding finding : problems) {
            list.add(row(finding));
        }
        headline.setIcon(host.icons().of(report.ready() ? problems.isEmpty() ? "check" : "info" : "error"));
        headline.setText(Texts.of(
                report.ready() ? problems.isEmpty() ? "problems.none" : "problems.some" : "problems.notReady"));
        badge.accept(problems.isEmpty() ? "" : String.valueOf(problems.size()));
        revalidate();
        repaint();
        seen.accept(report);
    }

    private JPanel row(HostChecks.Finding finding) {
        HostCheck check = finding.check();
        boolean missing = check.status() == HostCheck.Status.MISSING;
        JPanel row = new JPanel(new BorderLayout(2 * Ui.GRID, 0));
        row.setName("problem." + check.name());
        row.setAlignmentX(Component.LEFT_ALIGNMENT);
        row.setBorder(Ui.padding(0.75, 0, 0.75, 0));
        JLabel name = new JLabel(check.name(), host.icons().of(missing ? "error" : "warning"), JLabel.LEADING);
        name.setIconTextGap(Ui.GRID);
        JPanel words = new JPanel();
        words.setLayout(new BoxLayout(words, BoxLayout.Y_AXIS));
        words.add(name);
        words.add(detail(check.detail()));
        row.add(words, BorderLayout.CENTER);
        if (!check.fix().isNone()) {
            boolean runs = !check.fix().hostCommand().isEmpty()
                    || !check.fix().commandId().isEmpty();
            if (runs) {
                String text = check.fix().text();
                JButton fix = Ui.button(
                        "problem.fix",
                        text.endsWith(".") ? text.substring(0, text.length() - 1) : text,
                        () -> host.remedy(check.fix(), this::look));
                JPanel right = new JPanel(new java.awt.GridBagLayout());
                right.add(fix);
                row.add(right, BorderLayout.LINE_END);
            } else {
                words.add(detail(check.fix().text()));
            }
        }
        row.setMaximumSize(new Dimension(Integer.MAX_VALUE, row.getPreferredSize().height));
        return row;
    }

    /** One line; what does not fit is cut with an ellipsis and shown by the tool tip. */
    private static JLabel detail(String text) {
        JLabel detail = Ui.muted(new JLabel(text));
        detail.putClientProperty("html.disable", true);
        detail.setToolTipText(text);
        detail.setBorder(BorderFactory.createEmptyBorder(2, 24, 0, 0));
        detail.setMinimumSize(new Dimension(0, detail.getPreferredSize().height));
        return detail;
    }

    /** As wide as what is seen of it, so that the buttons of long lines stay in view. */
    private static final class Column extends JPanel implements Scrollable {

        Column() {
            super(new BorderLayout());
        }

        @Override
        public Dimension getPreferredScrollableViewportSize() {
            return getPreferredSize();
        }

        @Override
        public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
            return 16;
        }

        @Override
        public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
            return visible.height;
        }

        @Override
        public boolean getScrollableTracksViewportWidth() {
            return true;
        }

        @Override
        public boolean getScrollableTracksViewportHeight() {
            return false;
        }
    }
}
