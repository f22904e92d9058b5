/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.palette;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Point;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.UIManager;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.jspecify.annotations.Nullable;

/** A field over the window that finds commands, sessions, recipes and settings by a few letters of their names. */
@OnEdt
public final class Palette {

    private static final Dimension SIZE = new Dimension(640, 420);
    private static final int FROM_TOP = 72;
    private static final int MOST = 200;
    private static final int REMEMBERED = 30;
    private static final int RECENT_BONUS = 12;

    private final Window owner;
    private final Icons icons;
    private final Supplier<List<PaletteItem>> source;
    private final Deque<String> recent = new ArrayDeque<>();
    private @Nullable JDialog dialog;

    /** An item that was found, with the places of the letters in its title. */
    record Row(PaletteItem item, int[] places, int score) {}

    /**
     * A palette over a window.
     *
     * @param source asked each time the palette opens
     */
    public Palette(Window owner, Icons icons, Supplier<List<PaletteItem>> source) {
        this.owner = owner;
        this.icons = icons;
        this.source = source;
    }

    /** Opens the palette, or closes it when it is open. */
    public void toggle(String query) {
        if (dialog != null) {
            close();
            return;
        }
        new Opened(source.get(), query);
    }

    private void close() {
        JDialog open = dialog;
        dialog = null;
        if (open != null) {
            open.dispose();
        }
    }

    private void run(PaletteItem item) {
        close();
        recent.remove(item.id());
        recent.addFirst(item.id());
        while (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
        // After the focus has gone back to where it was.
        Edt.runLater(item.run());
    }

    /** The items that match, best first; what was used lately goes before others that match as well. */
    private List<Row> find(List<PaletteItem> items, String query) {
        List<String> lately = List.copyOf(recent);
        List<Row> rows = new ArrayList<>();
        for (PaletteItem item : items) {
            Fuzzy.Match match = Fuzzy.match(query, item.title());
            int[] places = match == null ? new int[0] : match.places();
            if (match == null) {
                match = Fuzzy.match(query, item.title() + " " + item.detail() + " " + item.kind());
            }
            if (match != null) {
                int used = lately.indexOf(item.id());
                int bonus = used < 0 ? 0 : query.isBlank() ? MOST - used : RECENT_BONUS;
                rows.add(new Row(item, places, match.score() * (query.isBlank() ? 0 : 1) + bonus + places.length));
            }
        }
        rows.sort(Comparator.comparingInt(Row::score).reversed());
        return rows.size() > MOST ? rows.subList(0, MOST) : rows;
    }

    /** The palette while it is open. */
    private final class Opened {
        private final List<PaletteItem> items;
        private final DefaultListModel<Row> rows = new DefaultListModel<>();
        private final JList<Row> list = new JList<>(rows);
        private final JTextField field = new JTextField();
        private final JLabel none = Ui.muted(new JLabel(Texts.of("palette.none")));

        Opened(List<PaletteItem> items, String query) {
            this.items = items;
            JDialog made = new JDialog(owner);
            dialog = made;
            made.setName("palette");
            made.setUndecorated(true);
            made.getAccessibleContext().setAccessibleName(Texts.of("palette.title"));
            JPanel content = new JPanel(new BorderLayout());
            content.setBorder(BorderFactory.createLineBorder(UIManager.getColor("Component.borderColor")));
            content.add(field(), BorderLayout.NORTH);
            content.add(list(), BorderLayout.CENTER);
            made.setContentPane(content);
            made.setSize(Math.min(SIZE.width, owner.getWidth() - 40), Math.min(SIZE.height, owner.getHeight() - 120));
            Point at = owner.getLocationOnScreen();
            made.setLocation(at.x + (owner.getWidth() - made.getWidth()) / 2, at.y + FROM_TOP);
            made.addWindowListener(new WindowAdapter() {
                @Override
                public void windowDeactivated(WindowEvent event) {
                    if (made.equals(dialog)) {
                        close();
                    }
                }
            });
            field.setText(query);
            fill();
            made.setVisible(true);
            field.requestFocusInWindow();
        }

        private JComponent field() {
            field.setName("palette.field");
            field.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Texts.of("palette.placeholder"));
            field.putClientProperty(FlatClientProperties.TEXT_FIELD_LEADING_ICON, icons.of("search"));
            field.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
            field.getAccessibleContext().setAccessibleName(Texts.of("palette.placeholder"));
            field.putClientProperty(FlatClientProperties.STYLE_CLASS, "large");
            field.getDocument().addDocumentListener(new DocumentListener() {
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
            key("ENTER", this::choose);
            key("ESCAPE", Palette.this::close);
            key("DOWN", () -> move(1));
            key("UP", () -> move(-1));
            key("PAGE_DOWN", () -> move(8));
            key("PAGE_UP", () -> move(-8));
            JPanel panel = new JPanel(new BorderLayout());
            panel.setBorder(Ui.padding(1, 1, 1, 1));
            panel.add(field, BorderLayout.CENTER);
            return panel;
        }

        private void key(String stroke, Runnable action) {
            field.getInputMap().put(KeyStroke.getKeyStroke(stroke), stroke);
            field.getActionMap().put(stroke, new AbstractAction() {
                @Override
                public void actionPerformed(ActionEvent event) {
                    action.run();
                }
            });
        }

        private JComponent list() {
            list.setName("palette.list");
            list.setFocusable(false);
            list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
            list.setCellRenderer(new PaletteCell());
            list.setBorder(Ui.padding(0.5, 0.5, 0.5, 0.5));
            list.getAccessibleContext().setAccessibleName(Texts.of("palette.title"));
            list.addMouseListener(new MouseAdapter() {
                @Override
                public void mouseClicked(MouseEvent event) {
                    choose();
                }
            });
            none.setName("palette.none");
            none.setBorder(Ui.padding(1.5, 2, 1.5, 2));
            JPanel panel = new JPanel(new BorderLayout());
            JScrollPane scroll = new JScrollPane(list);
            scroll.setBorder(BorderFactory.createMatteBorder(1, 0, 0, 0, UIManager.getColor("Berth.separator")));
            panel.add(none, BorderLayout.NORTH);
            panel.add(scroll, BorderLayout.CENTER);
            return panel;
        }

        private void fill() {
            rows.clear();
            rows.addAll(find(items, field.getText()));
            none.setVisible(rows.isEmpty());
            if (!rows.isEmpty()) {
                list.setSelectedIndex(0);
                list.ensureIndexIsVisible(0);
            }
        }

        private void move(int by) {
            if (!rows.isEmpty()) {
                int to = Math.max(0, Math.min(rows.size() - 1, list.getSelectedIndex() + by));
                list.setSelectedIndex(to);
                list.ensureIndexIsVisible(to);
            }
        }

        private void choose() {
            Row chosen = list.getSelectedValue();
            if (chosen != null) {
                run(chosen.item());
            }
        }
    }
}
