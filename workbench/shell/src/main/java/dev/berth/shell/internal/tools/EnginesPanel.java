/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.HostChecks;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** The engines that are there: version, state, what each can and cannot, and how to get those that are missing. */
@OnEdt
public final class EnginesPanel extends JPanel {

    private final transient Host host;
    private final JPanel list = new JPanel();
    private boolean asking;

    /** Looks at once. */
    public EnginesPanel(Host host) {
        super(new BorderLayout());
        this.host = host;
        setName("engines");
        setOpaque(false);
        list.setLayout(new BoxLayout(list, BoxLayout.Y_AXIS));
        list.setOpaque(false);
        // How high a wrapped line is is known when it has its width.
        list.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                list.revalidate();
            }
        });
        JPanel column = new JPanel(new BorderLayout());
        column.setOpaque(false);
        column.add(list, BorderLayout.NORTH);
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setOpaque(false);
        scroll.getViewport().setOpaque(false);
        scroll.getVerticalScrollBar().setUnitIncrement(16);
        JButton again = Ui.button("engines.refresh", Texts.of("problems.refresh"), this::look);
        JPanel below = new JPanel(new BorderLayout());
        below.setOpaque(false);
        below.add(again, BorderLayout.LINE_START);
        add(scroll, BorderLayout.CENTER);
        add(below, BorderLayout.SOUTH);
        look();
    }

    private void look() {
        if (asking) {
            return;
        }
        asking = true;
        host.background().ask(() -> host.services().host().engines(TaskContext.silent()), this::show, error -> {
            asking = false;
            host.showError(error);
        });
    }

    private void show(List<HostChecks.EngineState> engines) {
        asking = false;
        list.removeAll();
        engines.forEach(engine -> list.add(row(engine)));
        revalidate();
        repaint();
    }

    private JPanel row(HostChecks.EngineState engine) {
        boolean usable = engine.report().usable();
        JPanel row = new JPanel(new BorderLayout(2 * Ui.GRID, 0));
        row.setName("engine." + engine.id());
        row.setOpaque(false);
        row.setAlignmentX(Component.LEFT_ALIGNMENT);
        row.setBorder(Ui.padding(0.75, 0, 0.75, 0));
        JLabel title = new JLabel(
                engine.title() + " (" + engine.id() + ")",
                host.icons().of(usable ? "check" : applies(engine) ? "error" : "info"),
                JLabel.LEADING);
        title.setIconTextGap(Ui.GRID);
        JPanel words = new JPanel();
        words.setOpaque(false);
        words.setLayout(new BoxLayout(words, BoxLayout.Y_AXIS));
        words.add(line("engine.summary", engine.report().summary()));
        if (usable) {
            words.add(line("engine.can", Texts.of("engines.can", names(engine.report()::can))));
            words.add(line(
                    "engine.cannot",
                    Texts.of("engines.cannot", names(it -> !engine.report().can(it)))));
        }
        JPanel all = new JPanel(new BorderLayout());
        all.setOpaque(false);
        all.add(title, BorderLayout.NORTH);
        all.add(words, BorderLayout.CENTER);
        row.add(all, BorderLayout.CENTER);
        if (!usable) {
            engine.report().checks().stream()
                    .map(HostCheck::fix)
                    .filter(fix -> !fix.isNone())
                    .findFirst()
                    .ifPresent(fix -> offer(fix, words, row));
        }
        return row;
    }

    private static boolean applies(HostChecks.EngineState engine) {
        return engine.report().checks().stream().anyMatch(check -> check.status() == HostCheck.Status.MISSING);
    }

    private void offer(Remedy fix, JPanel words, JPanel row) {
        if (fix.hostCommand().isEmpty() && fix.commandId().isEmpty()) {
            words.add(line("engine.remedy", fix.text()));
            return;
        }
        String text = fix.text();
        JButton button = Ui.button(
                "engine.fix",
                text.endsWith(".") ? text.substring(0, text.length() - 1) : text,
                () -> host.remedy(fix, this::look));
        JPanel right = new JPanel(new java.awt.GridBagLayout());
        right.setOpaque(false);
        right.add(button);
        row.add(right, BorderLayout.LINE_END);
    }

    private static JTextArea line(String name, String text) {
        JTextArea line = Ui.muted(Ui.paragraph(name, text));
        line.setBorder(BorderFactory.createEmptyBorder(2, 24, 0, 0));
        line.setAlignmentX(Component.LEFT_ALIGNMENT);
        return line;
    }

    private static String names(Predicate<EngineCapability> which) {
        String names = Arrays.stream(EngineCapability.values())
                .filter(it -> !it.equals(EngineCapability.OWN_IMAGE_STORE))
                .filter(which)
                .map(it -> Texts.of("engines." + it.name()))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Texts.of("engines.nothing") : names;
    }
}
