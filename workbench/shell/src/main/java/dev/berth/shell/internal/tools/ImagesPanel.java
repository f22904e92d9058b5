/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.images.DiskUsage;
import dev.berth.images.ImageStore;
import dev.berth.images.PruneReport;
import dev.berth.images.StoredImage;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Line;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Component;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JToolBar;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;

/** The tool window with the images: their sizes, which sessions were made from them, and what can be deleted. */
@OnEdt
public final class ImagesPanel extends JPanel {

    private static final String[] COLUMNS = {"name", "size", "shared", "usedBy"};

    private final transient Host host;
    private final transient Rows rows = new Rows();
    private final JTable table = new JTable(rows);
    private final JLabel total = Ui.muted(new JLabel(" "));
    private final JButton remove;
    private final JButton prune;
    private boolean asking;

    /** Asks for the images at once. */
    public ImagesPanel(Host host, ToolWindowContext context) {
        super(new BorderLayout());
        this.host = host;
        setName("images");
        JToolBar bar = new JToolBar();
        bar.setFloatable(false);
        bar.setBorder(Ui.padding(0.25, 1, 0.5, 1));
        bar.add(Ui.iconButton(
                "images.refresh", Texts.of("images.refresh"), host.icons().of("refresh"), this::refresh));
        remove = Ui.iconButton(
                "images.remove", Texts.of("images.remove"), host.icons().of("trash"), this::remove);
        bar.add(remove);
        bar.add(Box.createHorizontalGlue());
        total.setName("images.total");
        bar.add(total);
        bar.add(Ui.gapAcross(1));
        prune = Ui.button("images.prune", Texts.of("images.prune"), this::prune);
        bar.add(prune);
        add(bar, BorderLayout.NORTH);
        table.setName("images.table");
        table.getAccessibleContext().setAccessibleName(Texts.of("images.title"));
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setRowHeight(28);
        table.setShowGrid(false);
        table.setFillsViewportHeight(true);
        table.setDefaultRenderer(Object.class, new Cell());
        table.getColumnModel().getColumn(0).setPreferredWidth(260);
        table.getSelectionModel().addListSelectionListener(event -> enableButtons());
        JScrollPane scroll = new JScrollPane(table);
        scroll.setBorder(new Line(1, 0, 0, 0));
        add(scroll, BorderLayout.CENTER);
        context.onClose(host.sessions().onChange(this::refresh));
        enableButtons();
        refresh();
    }

    private void refresh() {
        if (asking) {
            return;
        }
        asking = true;
        host.background()
                .ask(
                        () -> host.services().images().usage(TaskContext.silent()),
                        usage -> {
                            asking = false;
                            fill(usage);
                        },
                        error -> {
                            asking = false;
                            total.setText(error.summary());
                        });
    }

    private void fill(DiskUsage usage) {
        int kept = table.getSelectedRow();
        rows.images = usage.images();
        rows.fireTableDataChanged();
        if (kept >= 0 && kept < rows.images.size()) {
            table.setRowSelectionInterval(kept, kept);
        }
        total.setText(Texts.of(
                "images.total",
                Amounts.bytes(usage.blobBytes()),
                Amounts.bytes(usage.unpackedBytes()),
                Amounts.bytes(usage.cacheBytes())));
    }

    private void enableButtons() {
        int row = table.getSelectedRow();
        remove.setEnabled(row >= 0 && users(rows.images.get(row).image()).isEmpty());
    }

    private List<String> users(StoredImage image) {
        String digest = image.digest().toString();
        return host.sessions().sessions().stream()
                .filter(session -> session.image().equals(digest))
                .map(SessionInfo::name)
                .toList();
    }

    private ImageStore.InUse inUse() {
        Set<String> used =
                host.sessions().sessions().stream().map(SessionInfo::image).collect(Collectors.toSet());
        return image -> used.contains(image.toString());
    }

    private void remove() {
        int row = table.getSelectedRow();
        StoredImage image = rows.images.get(row).image();
        Object[] choices = {Texts.of("sessions.removeYes"), Texts.of("button.cancel")};
        int answer = JOptionPane.showOptionDialog(
                this,
                Texts.of("images.removeText", image.name()),
                Texts.of("images.remove"),
                JOptionPane.YES_NO_OPTION,
                JOptionPane.WARNING_MESSAGE,
                null,
                choices,
                choices[1]);
        if (answer == 0) {
            ImageStore.InUse used = inUse();
            host.run(
                    Texts.of("task.remove", image.name()),
                    task -> host.services()
                            .images()
                            .remove(
                                    image.names().isEmpty()
                                            ? image.digest().toString()
                                            : image.names().get(0),
                                    used,
                                    task),
                    this::refresh);
        }
    }

    private void prune() {
        prune.setEnabled(false);
        ImageStore.InUse used = inUse();
        host.background()
                .ask(
                        () -> host.services().images().prune(true, used, TaskContext.silent()),
                        report -> {
                            prune.setEnabled(true);
                            askToPrune(report, used);
                        },
                        error -> {
                            prune.setEnabled(true);
                            host.showError(error);
                        });
    }

    private void askToPrune(PruneReport report, ImageStore.InUse used) {
        if (report.freedBytes() == 0) {
            host.notify(Texts.of("images.nothing"));
            return;
        }
        Object[] choices = {Texts.of("images.pruneYes", Amounts.bytes(report.freedBytes())), Texts.of("button.cancel")};
        int answer = JOptionPane.showOptionDialog(
                this,
                Texts.of("images.pruneText", Amounts.bytes(report.freedBytes())),
                Texts.of("images.prune"),
                JOptionPane.YES_NO_OPTION,
                JOptionPane.QUESTION_MESSAGE,
                null,
                choices,
                choices[0]);
        if (answer == 0) {
            host.run(
                    Texts.of("images.pruning"),
                    task -> host.services().images().prune(false, used, task),
                    this::refresh);
        }
    }

    private final class Rows extends AbstractTableModel {
        private transient List<DiskUsage.ImageUsage> images = List.of();

        @Override
        public int getRowCount() {
            return images.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.length;
        }

        @Override
        public String getColumnName(int column) {
            return Texts.of("images." + COLUMNS[column]);
        }

        @Override
        public Object getValueAt(int row, int column) {
            DiskUsage.ImageUsage usage = images.get(row);
            return switch (column) {
                case 0 -> usage.image().name();
                case 1 -> Amounts.bytes(usage.exclusiveBytes() + usage.sharedBytes());
                case 2 -> usage.sharedBytes() == 0 ? "–" : Amounts.bytes(usage.sharedBytes());
                default -> {
                    List<String> users = users(usage.image());
                    yield users.isEmpty() ? Texts.of("images.unused") : String.join(", ", users);
                }
            };
        }
    }

    private static final class Cell extends DefaultTableCellRenderer {
        @Override
        public Component getTableCellRendererComponent(
                JTable owner, Object value, boolean selected, boolean focus, int row, int column) {
            super.getTableCellRendererComponent(owner, value, selected, false, row, column);
            setHorizontalAlignment(column == 1 || column == 2 ? SwingConstants.TRAILING : SwingConstants.LEADING);
            setBorder(Ui.padding(0, 1, 0, 1));
            setToolTipText(String.valueOf(value));
            return this;
        }
    }
}
