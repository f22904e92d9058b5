/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Line;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Font;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.JToolBar;
import javax.swing.SwingConstants;
import javax.swing.UIManager;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.jspecify.annotations.Nullable;

/** The tool window with logs: Berth's own, and what each session's first process wrote. */
@OnEdt
public final class LogPanel extends JPanel {

    private static final int MOST = 20_000;

    private final transient Host host;
    private final JComboBox<Source> sources = new JComboBox<>();
    private final JTextField filter = new JTextField();
    private final JToggleButton follow;
    private final DefaultListModel<String> shown = new DefaultListModel<>();
    private final JList<String> list = new JList<>(shown);
    private final JLabel none = Ui.muted(new JLabel(Texts.of("log.none"), SwingConstants.CENTER));
    private final transient List<String> lines = new ArrayList<>();
    private transient @Nullable LogTail tail;
    private boolean filling;

    /** A log: Berth's own has no session. */
    private record Source(String id, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Reads from when it is first shown. */
    public LogPanel(Host host, ToolWindowContext context) {
        super(new BorderLayout());
        this.host = host;
        setName("log");
        follow =
                Ui.iconToggle("log.follow", Texts.of("log.follow"), host.icons().of("down"), this::toEnd);
        follow.setSelected(true);
        sources.setName("log.sources");
        sources.getAccessibleContext().setAccessibleName(Texts.of("log.source"));
        sources.addActionListener(event -> {
            if (!filling) {
                open();
            }
        });
        filter.setName("log.filter");
        filter.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Texts.of("log.filter"));
        filter.putClientProperty(
                FlatClientProperties.TEXT_FIELD_LEADING_ICON, host.icons().of("search"));
        filter.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
        filter.getAccessibleContext().setAccessibleName(Texts.of("log.filter"));
        filter.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                fill();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                fill();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                fill();
            }
        });
        add(bar(), BorderLayout.NORTH);
        list.setName("log.lines");
        list.getAccessibleContext().setAccessibleName(Texts.of("log.title"));
        list.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12));
        list.setCellRenderer(new LineCell());
        // One line's height for all: a long log is not measured line by line.
        list.setPrototypeCellValue("Wg");
        list.setFixedCellWidth(2400);
        JScrollPane scroll = new JScrollPane(list);
        scroll.setBorder(new Line(1, 0, 0, 0));
        add(scroll, BorderLayout.CENTER);
        none.setBorder(Ui.padding(2, 2, 2, 2));
        context.onClose(this::close);
        context.onClose(host.sessions().onChange(this::fillSources));
        fillSources();
        host.front().ifPresent(session -> select(session.id()));
        open();
    }

    private JToolBar bar() {
        JToolBar bar = new JToolBar();
        bar.setFloatable(false);
        bar.setBorder(Ui.padding(0.25, 1, 0.5, 1));
        sources.setMaximumSize(new java.awt.Dimension(240, 32));
        sources.setPreferredSize(new java.awt.Dimension(200, sources.getPreferredSize().height));
        bar.add(sources);
        bar.add(Ui.gapAcross(1));
        bar.add(filter);
        bar.add(Ui.gapAcross(1));
        bar.add(follow);
        bar.add(Ui.iconButton("log.copy", Texts.of("log.copy"), host.icons().of("copy"), this::copy));
        return bar;
    }

    private void fillSources() {
        Object kept = sources.getSelectedItem();
        List<Source> wanted = new ArrayList<>();
        wanted.add(new Source("", Texts.of("log.own")));
        for (SessionInfo session : host.sessions().sessions()) {
            wanted.add(new Source(session.id(), session.name()));
        }
        filling = true;
        sources.removeAllItems();
        wanted.forEach(sources::addItem);
        if (wanted.contains(kept)) {
            sources.setSelectedItem(kept);
            filling = false;
        } else {
            filling = false;
            open();
        }
    }

    private void select(String session) {
        for (int i = 0; i < sources.getItemCount(); i++) {
            if (sources.getItemAt(i).id().equals(session)) {
                sources.setSelectedIndex(i);
            }
        }
    }

    private void close() {
        if (tail != null) {
            tail.close();
            tail = null;
        }
    }

    private void open() {
        close();
        lines.clear();
        shown.clear();
        Source source = (Source) sources.getSelectedItem();
        if (source == null) {
            return;
        }
        LogTail.Opener opener = source.id().isEmpty()
                ? () -> new FileTail(host.services().log())
                : () -> host.services().sessions().logs(source.id(), true);
        LogTail next = new LogTail(opener, this::arrived, this::failed);
        tail = next;
        next.start(source.name());
    }

    /** Lines came, on the reader's thread. */
    private void arrived(LogTail from, List<String> fresh) {
        Edt.run(() -> {
            if (from.equals(tail)) {
                lines.addAll(fresh);
                if (lines.size() > MOST) {
                    lines.subList(0, lines.size() - MOST).clear();
                    fill();
                } else {
                    String wanted = filter.getText().toLowerCase(Locale.ROOT);
                    shown.addAll(
                            fresh.stream().filter(line -> matches(line, wanted)).toList());
                    toEnd();
                }
            }
        });
    }

    private void failed(LogTail from, BerthException error) {
        Edt.run(() -> {
            if (from.equals(tail)) {
                lines.add(error.summary());
                fill();
            }
        });
    }

    private static boolean matches(String line, String wanted) {
        return wanted.isEmpty() || line.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private void fill() {
        String wanted = filter.getText().toLowerCase(Locale.ROOT);
        shown.clear();
        shown.addAll(lines.stream().filter(line -> matches(line, wanted)).toList());
        toEnd();
    }

    private void toEnd() {
        if (follow.isSelected() && !shown.isEmpty()) {
            list.ensureIndexIsVisible(shown.size() - 1);
        }
    }

    private void copy() {
        List<String> chosen = list.getSelectedValuesList();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            all.add(shown.get(i));
        }
        String text = (chosen.size() > 1 ? chosen : all).stream().collect(Collectors.joining("\n"));
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
        host.notify(Texts.of("log.copied"));
    }

    /** A line, in the colour of its level. */
    private static final class LineCell extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> owner, Object value, int index, boolean selected, boolean focus) {
            super.getListCellRendererComponent(owner, value, index, selected, false);
            setBorder(Ui.padding(0, 1.5, 0, 1));
            String line = Objects.toString(value, "");
            if (!selected) {
                if (line.contains(" ERROR ")) {
                    setForeground(UIManager.getColor("Berth.state.failed"));
                } else if (line.contains(" WARN ")) {
                    setForeground(UIManager.getColor("Berth.state.busy"));
                }
            }
            // Text, never markup.
            putClientProperty("html.disable", true);
            return this;
        }
    }
}
