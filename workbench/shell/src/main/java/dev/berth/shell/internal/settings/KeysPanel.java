/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.settings;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.KeyStrokes;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.CommandRegistry;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiConsumer;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.UIManager;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import org.jspecify.annotations.Nullable;

/** All commands with their shortcuts, which can be changed; strokes that stand for two commands are marked. */
@OnEdt
public final class KeysPanel extends JPanel {

    private final transient CommandRegistry registry;
    private final transient Icons icons;
    private final transient BiConsumer<String, @Nullable String> save;
    private final JTextField filter = new JTextField();
    private final JTextField stroke = new JTextField(14);
    private final JLabel note = new JLabel(" ");
    private final transient Commands model = new Commands();
    private final JTable table = new JTable(model);
    private final JButton clear;
    private final JButton reset;
    private transient @Nullable Registration changes;
    private boolean filling;

    /**
     * A panel.
     *
     * @param save takes a command's id and its shortcut: empty for none, null for its own
     */
    public KeysPanel(CommandRegistry registry, Icons icons, BiConsumer<String, @Nullable String> save) {
        super(new BorderLayout(0, Ui.GRID));
        this.registry = registry;
        this.icons = icons;
        this.save = save;
        setOpaque(false);
        setName("keys");
        filter.setName("keys.filter");
        filter.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Texts.of("keys.filter"));
        filter.putClientProperty(FlatClientProperties.TEXT_FIELD_LEADING_ICON, icons.of("search"));
        filter.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
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
        table.setName("keys.table");
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setRowHeight(28);
        table.setShowGrid(false);
        table.setDefaultRenderer(Object.class, new Cell());
        table.getColumnModel().getColumn(1).setPreferredWidth(140);
        table.getColumnModel().getColumn(0).setPreferredWidth(320);
        table.getSelectionModel().addListSelectionListener(event -> selected());
        clear = Ui.button("keys.clear", Texts.of("keys.clear"), () -> set(""));
        reset = Ui.button("keys.reset", Texts.of("keys.reset"), () -> set(null));
        add(filter, BorderLayout.NORTH);
        add(new JScrollPane(table), BorderLayout.CENTER);
        add(editor(), BorderLayout.SOUTH);
        fill();
    }

    private JPanel editor() {
        stroke.setName("keys.stroke");
        stroke.setEditable(false);
        stroke.setFocusTraversalKeysEnabled(false);
        stroke.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Texts.of("keys.press"));
        stroke.getAccessibleContext().setAccessibleName(Texts.of("keys.press"));
        stroke.addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent event) {
                KeyStroke pressed = KeyStrokes.of(event);
                boolean leave = event.getKeyCode() == KeyEvent.VK_TAB && event.getModifiersEx() == 0;
                if (event.getKeyCode() == KeyEvent.VK_ESCAPE && event.getModifiersEx() == 0) {
                    return;
                }
                if (leave) {
                    stroke.transferFocus();
                } else if (pressed != null) {
                    set(KeyStrokes.write(pressed));
                }
                event.consume();
            }
        });
        JPanel line = new JPanel();
        line.setOpaque(false);
        line.setLayout(new BoxLayout(line, BoxLayout.X_AXIS));
        line.add(stroke);
        line.add(Ui.gapAcross(1));
        line.add(clear);
        line.add(Ui.gapAcross(1));
        line.add(reset);
        note.setName("keys.note");
        note.setBorder(Ui.padding(0.5, 0, 0, 0));
        JPanel editor = new JPanel(new BorderLayout());
        editor.setOpaque(false);
        editor.add(line, BorderLayout.NORTH);
        editor.add(note, BorderLayout.SOUTH);
        return editor;
    }

    @Override
    public void addNotify() {
        super.addNotify();
        changes = registry.onChange(this::fill);
    }

    @Override
    public void removeNotify() {
        if (changes != null) {
            changes.close();
            changes = null;
        }
        super.removeNotify();
    }

    private void fill() {
        int row = table.getSelectedRow();
        String kept = row < 0 ? "" : model.entries.get(row).id();
        String query = filter.getText().strip().toLowerCase(Locale.ROOT);
        model.entries = registry.all().stream()
                .filter(entry -> query.isEmpty()
                        || (entry.title() + " " + KeyStrokes.words(registry.shortcut(entry)))
                                .toLowerCase(Locale.ROOT)
                                .contains(query))
                .toList();
        filling = true;
        model.fireTableDataChanged();
        for (int i = 0; i < model.entries.size(); i++) {
            if (model.entries.get(i).id().equals(kept)) {
                table.setRowSelectionInterval(i, i);
            }
        }
        filling = false;
        selected();
    }

    private CommandRegistry.@Nullable Entry entry() {
        int row = table.getSelectedRow();
        return row < 0 || row >= model.entries.size() ? null : model.entries.get(row);
    }

    private void selected() {
        if (filling) {
            return;
        }
        CommandRegistry.Entry entry = entry();
        stroke.setEnabled(entry != null);
        clear.setEnabled(entry != null);
        reset.setEnabled(entry != null);
        KeyStroke now = entry == null ? null : registry.shortcut(entry);
        stroke.setText(KeyStrokes.words(now));
        List<CommandRegistry.Entry> others = now == null ? List.of() : registry.of(now);
        boolean conflict = others.size() > 1;
        note.setForeground(UIManager.getColor(conflict ? "Berth.state.failed" : "Berth.muted.foreground"));
        note.setIcon(conflict ? icons.of("warning") : null);
        note.setText(
                conflict
                        ? Texts.of(
                                "keys.conflict",
                                KeyStrokes.words(now),
                                others.stream()
                                        .filter(other -> !other.equals(entry))
                                        .map(CommandRegistry.Entry::title)
                                        .findFirst()
                                        .orElse(""))
                        : Texts.of(entry == null ? "keys.choose" : "keys.how"));
        stroke.putClientProperty(FlatClientProperties.OUTLINE, conflict ? FlatClientProperties.OUTLINE_WARNING : null);
    }

    private void set(@Nullable String shortcut) {
        CommandRegistry.Entry entry = entry();
        if (entry != null) {
            save.accept(entry.id(), shortcut);
        }
    }

    private final class Commands extends AbstractTableModel {
        private transient List<CommandRegistry.Entry> entries = List.of();

        @Override
        public int getRowCount() {
            return entries.size();
        }

        @Override
        public int getColumnCount() {
            return 2;
        }

        @Override
        public String getColumnName(int column) {
            return Texts.of(column == 0 ? "keys.command" : "keys.shortcut");
        }

        @Override
        public Object getValueAt(int row, int column) {
            CommandRegistry.Entry entry = entries.get(row);
            return column == 0 ? entry.title() : KeyStrokes.words(registry.shortcut(entry));
        }
    }

    private final class Cell extends DefaultTableCellRenderer {
        @Override
        public Component getTableCellRendererComponent(
                JTable owner, Object value, boolean selected, boolean focus, int row, int column) {
            super.getTableCellRendererComponent(owner, value, selected, false, row, column);
            CommandRegistry.Entry entry = model.entries.get(row);
            KeyStroke now = registry.shortcut(entry);
            boolean conflict = column == 1 && now != null && registry.of(now).size() > 1;
            setIcon(column == 0 ? icons.of(entry.icon()) : conflict ? icons.of("warning") : null);
            setIconTextGap(Ui.GRID);
            setForeground(
                    conflict
                            ? UIManager.getColor("Berth.state.failed")
                            : selected ? owner.getSelectionForeground() : owner.getForeground());
            setToolTipText(Objects.requireNonNullElse(value, "").toString());
            return this;
        }
    }
}
