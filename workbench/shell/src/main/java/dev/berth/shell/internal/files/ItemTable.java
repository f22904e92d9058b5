/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.awt.Dimension;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.swing.DropMode;
import javax.swing.JTable;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;

/** The entries of a folder: name, size, time of change. */
@OnEdt
final class ItemTable extends JTable {

    private static final String[] COLUMNS = {"name", "size", "modified"};
    private static final int[] WIDTHS = {190, 70, 150};
    private static final int ROW_HEIGHT = 24;

    private final transient Icons icons;
    private final Rows rows;

    ItemTable(String name, Icons icons) {
        super(new Rows());
        this.icons = icons;
        rows = (Rows) getModel();
        setName(name);
        setRowHeight(ROW_HEIGHT);
        setShowGrid(false);
        setIntercellSpacing(new Dimension(0, 0));
        setFillsViewportHeight(true);
        setDropMode(DropMode.ON);
        setDefaultRenderer(Object.class, new Cell());
        getTableHeader().setReorderingAllowed(false);
        for (int i = 0; i < WIDTHS.length; i++) {
            getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        }
    }

    /** Shows other entries; those of the same name stay selected. */
    void show(List<Item> items) {
        Set<String> kept = Set.copyOf(selected().stream().map(Item::name).toList());
        rows.items = items.stream().sorted(Item.ORDER).toList();
        rows.fireTableDataChanged();
        select(kept);
    }

    /** Selects the entries of these names. */
    void select(Set<String> names) {
        clearSelection();
        for (int i = 0; i < rows.items.size(); i++) {
            if (names.contains(rows.items.get(i).name())) {
                addRowSelectionInterval(i, i);
            }
        }
        if (getSelectedRow() >= 0) {
            scrollRectToVisible(getCellRect(getSelectedRow(), 0, true));
        }
    }

    List<Item> selected() {
        return Arrays.stream(getSelectedRows()).mapToObj(rows.items::get).toList();
    }

    private static final class Rows extends AbstractTableModel {
        private transient List<Item> items = List.of();
        private final transient DateTimeFormatter time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .withZone(ZoneId.systemDefault());

        @Override
        public int getRowCount() {
            return items.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.length;
        }

        @Override
        public String getColumnName(int column) {
            return Texts.of("files." + COLUMNS[column]);
        }

        @Override
        public Object getValueAt(int row, int column) {
            Item item = items.get(row);
            return switch (column) {
                case 0 -> item.name();
                case 1 -> item.folder() ? "" : Amounts.bytes(item.size());
                default -> time.format(item.modified());
            };
        }
    }

    private final class Cell extends DefaultTableCellRenderer {
        Cell() {
            // A name may begin as HTML does.
            putClientProperty("html.disable", true);
        }

        @Override
        public Component getTableCellRendererComponent(
                JTable owner, Object value, boolean selected, boolean focus, int row, int column) {
            super.getTableCellRendererComponent(owner, value, selected, false, row, column);
            setHorizontalAlignment(column == 1 ? SwingConstants.TRAILING : SwingConstants.LEADING);
            setIcon(column == 0 ? icons.of(rows.items.get(row).folder() ? "folder" : "file") : null);
            setBorder(Ui.padding(0, 1, 0, 1));
            return this;
        }
    }
}
