/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.settings;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.settings.Setting;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Line;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.SettingsPages;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Frame;
import java.awt.event.KeyEvent;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JTree;
import javax.swing.KeyStroke;
import javax.swing.UIManager;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.filechooser.FileNameExtensionFilter;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.DefaultTreeModel;
import javax.swing.tree.TreePath;
import org.jspecify.annotations.Nullable;

/** All settings: a tree of pages with a search above it, and the page beside it. Changes count at once. */
@OnEdt
public final class SettingsDialog {

    private static final Dimension SIZE = new Dimension(860, 600);
    private static final int TREE_WIDTH = 230;

    private final JDialog dialog;
    private final SettingsPages pages;
    private final SettingsStore store;
    private final Icons icons;
    private final Background background;
    private final Consumer<BerthException> failed;
    private final SettingsWriter writer;
    private final JTextField search = new JTextField();
    private final JTree tree = new JTree(new DefaultMutableTreeNode());
    private final JPanel side = new JPanel(new BorderLayout());
    private final List<SettingRow> rows = new ArrayList<>();
    private final List<Registration> listening = new ArrayList<>();
    private @Nullable Registration watching;
    private SettingsPages.@Nullable Page shown;

    /** A node of the tree. */
    private record Node(SettingsPages.Page page) {
        @Override
        public String toString() {
            return page.schema().title();
        }
    }

    /** Shows nothing until {@link #open}. */
    public SettingsDialog(
            Frame owner,
            SettingsPages pages,
            SettingsStore store,
            Icons icons,
            Background background,
            Consumer<BerthException> failed) {
        this.pages = pages;
        this.store = store;
        this.icons = icons;
        this.background = background;
        this.failed = failed;
        writer = new SettingsWriter(store, background, failed);
        dialog = new JDialog(owner, Texts.of("settings.title"), false);
        dialog.setName("settings");
        dialog.setDefaultCloseOperation(JDialog.HIDE_ON_CLOSE);
        dialog.setSize(SIZE);
        dialog.setMinimumSize(new Dimension(640, 420));
        JPanel content = new JPanel(new BorderLayout());
        content.add(left(), BorderLayout.LINE_START);
        content.add(side, BorderLayout.CENTER);
        content.add(bottom(), BorderLayout.SOUTH);
        dialog.setContentPane(content);
        dialog.getRootPane()
                .registerKeyboardAction(
                        event -> dialog.setVisible(false),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
        listening.add(pages.onChange(this::fillTree));
        fillTree();
    }

    /** Opens the dialog at a page; empty for where it was. */
    public void open(String page, String query) {
        if (!dialog.isVisible()) {
            dialog.setLocationRelativeTo(dialog.getOwner());
            dialog.setVisible(true);
        }
        search.setText(query);
        if (!page.isEmpty()) {
            select(page);
        }
        dialog.toFront();
        search.requestFocusInWindow();
    }

    /** Takes the dialog away. */
    public void dispose() {
        listening.forEach(Registration::close);
        unwatch();
        dialog.dispose();
    }

    private JComponent left() {
        search.setName("settings.search");
        search.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, Texts.of("settings.search"));
        search.putClientProperty(FlatClientProperties.TEXT_FIELD_LEADING_ICON, icons.of("search"));
        search.putClientProperty(FlatClientProperties.TEXT_FIELD_SHOW_CLEAR_BUTTON, true);
        search.getAccessibleContext().setAccessibleName(Texts.of("settings.search"));
        search.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                fillTree();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                fillTree();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                fillTree();
            }
        });
        tree.setName("settings.tree");
        tree.setRootVisible(false);
        tree.setShowsRootHandles(false);
        tree.setCellRenderer(new PlainCell());
        tree.putClientProperty(FlatClientProperties.STYLE, "background:$Panel.background;rowHeight:28");
        tree.setToggleClickCount(0);
        tree.getAccessibleContext().setAccessibleName(Texts.of("settings.title"));
        tree.addTreeSelectionListener(event -> selected().ifPresent(this::show));
        JScrollPane scroll = new JScrollPane(tree);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        JPanel top = new JPanel(new BorderLayout());
        top.setBorder(Ui.padding(1.5, 1.5, 1, 1.5));
        top.add(search);
        JPanel left = new JPanel(new BorderLayout());
        left.setPreferredSize(new Dimension(TREE_WIDTH, 10));
        left.setBorder(new Line(0, 0, 0, 1));
        left.add(top, BorderLayout.NORTH);
        left.add(scroll, BorderLayout.CENTER);
        return left;
    }

    private JComponent bottom() {
        JPanel bottom = new JPanel(new BorderLayout());
        bottom.setBorder(BorderFactory.createCompoundBorder(new Line(1, 0, 0, 0), Ui.padding(1, 1.5, 1, 1.5)));
        JPanel files = new JPanel(new FlowLayout(FlowLayout.LEADING, 8, 0));
        files.add(Ui.button("settings.export", Texts.of("settings.export"), this::exportAll));
        files.add(Ui.button("settings.import", Texts.of("settings.import"), this::importAll));
        JButton close =
                Ui.primary(Ui.button("settings.close", Texts.of("button.close"), () -> dialog.setVisible(false)));
        bottom.add(files, BorderLayout.LINE_START);
        bottom.add(close, BorderLayout.LINE_END);
        return bottom;
    }

    // ---- the tree

    private void fillTree() {
        String query = search.getText().strip().toLowerCase(Locale.ROOT);
        String kept = shown == null ? "" : shown.schema().page();
        DefaultMutableTreeNode root = new DefaultMutableTreeNode();
        DefaultMutableTreeNode own = new DefaultMutableTreeNode(Texts.of("settings.own"));
        DefaultMutableTreeNode plugins = new DefaultMutableTreeNode(Texts.of("settings.plugins"));
        for (SettingsPages.Page page : pages.all()) {
            if (matches(page, query)) {
                (page.owner().isEmpty() ? own : plugins).add(new DefaultMutableTreeNode(new Node(page)));
            }
        }
        for (DefaultMutableTreeNode group : List.of(own, plugins)) {
            if (group.getChildCount() > 0) {
                root.add(group);
            }
        }
        tree.setModel(new DefaultTreeModel(root));
        for (int i = 0; i < tree.getRowCount(); i++) {
            tree.expandRow(i);
        }
        if (!select(kept) && tree.getRowCount() > 1) {
            tree.setSelectionRow(1);
        }
    }

    private static boolean matches(SettingsPages.Page page, String query) {
        return query.isEmpty()
                || page.schema().title().toLowerCase(Locale.ROOT).contains(query)
                || page.schema().settings().stream().anyMatch(setting -> matches(setting, query));
    }

    private static boolean matches(Setting setting, String query) {
        return (setting.title() + " " + setting.help() + " " + setting.key())
                .toLowerCase(Locale.ROOT)
                .contains(query);
    }

    private boolean select(String page) {
        for (int i = 0; i < tree.getRowCount(); i++) {
            TreePath path = tree.getPathForRow(i);
            if (path.getLastPathComponent() instanceof DefaultMutableTreeNode node
                    && node.getUserObject() instanceof Node found
                    && found.page().schema().page().equals(page)) {
                tree.setSelectionPath(path);
                return true;
            }
        }
        return false;
    }

    private Optional<SettingsPages.Page> selected() {
        return tree.getLastSelectedPathComponent() instanceof DefaultMutableTreeNode node
                        && node.getUserObject() instanceof Node found
                ? Optional.of(found.page())
                : Optional.empty();
    }

    // ---- the page

    private void unwatch() {
        if (watching != null) {
            watching.close();
            watching = null;
        }
    }

    private void show(SettingsPages.Page page) {
        shown = page;
        unwatch();
        rows.clear();
        String name = page.schema().page();
        String query = search.getText().strip().toLowerCase(Locale.ROOT);
        boolean wholePage = query.isEmpty()
                || page.schema().title().toLowerCase(Locale.ROOT).contains(query);
        JPanel column = new JPanel();
        column.setOpaque(false);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        column.setBorder(Ui.padding(2.5, 3, 2, 3));
        column.add(Ui.label("settings.page", page.schema().title(), "h2"));
        column.add(Ui.gapDown(1));
        for (Setting setting : page.schema().settings()) {
            if (wholePage || matches(setting, query)) {
                SettingRow row = new SettingRow(setting, value -> writer.put(name, setting.key(), value));
                rows.add(row);
                column.add(row);
            }
        }
        JPanel whole = new JPanel(new BorderLayout());
        whole.setBackground(UIManager.getColor("Berth.content.background"));
        Optional<JComponent> extra = pages.extra(page);
        if (extra.isPresent() && wholePage) {
            extra.get().setAlignmentX(Component.LEFT_ALIGNMENT);
            JPanel below = new JPanel(new BorderLayout());
            below.setOpaque(false);
            below.setBorder(Ui.padding(0, 3, 2, 3));
            below.add(extra.get());
            whole.add(column, BorderLayout.NORTH);
            whole.add(below, BorderLayout.CENTER);
        } else {
            JPanel top = new JPanel(new BorderLayout());
            top.setBackground(whole.getBackground());
            top.add(column, BorderLayout.NORTH);
            JScrollPane scroll = new JScrollPane(top);
            scroll.setBorder(BorderFactory.createEmptyBorder());
            scroll.getVerticalScrollBar().setUnitIncrement(16);
            whole.add(scroll, BorderLayout.CENTER);
        }
        whole.add(fileLine(name), BorderLayout.SOUTH);
        side.removeAll();
        side.add(whole, BorderLayout.CENTER);
        side.revalidate();
        side.repaint();
        rows.forEach(row -> row.load(store.page(name)));
        watching = store.onChange(
                name,
                values -> Edt.runLater(() -> {
                    if (page.equals(shown)) {
                        rows.forEach(row -> row.load(values));
                    }
                }));
    }

    private JComponent fileLine(String page) {
        Path file = store.file(page);
        JLabel path = Ui.muted(new JLabel(file.toString(), icons.of("file"), JLabel.LEADING));
        path.setName("settings.file");
        path.putClientProperty(FlatClientProperties.STYLE_CLASS, "small");
        path.setToolTipText(Texts.of("settings.file"));
        JPanel line = new JPanel(new BorderLayout());
        line.setOpaque(false);
        line.setBorder(Ui.padding(1, 3, 1, 2));
        line.add(path, BorderLayout.CENTER);
        return line;
    }

    // ---- files

    private static JFileChooser chooser() {
        JFileChooser chooser = new JFileChooser();
        chooser.setName("settings.chooser");
        chooser.setFileFilter(new FileNameExtensionFilter("JSON", "json"));
        chooser.setSelectedFile(new File("berth-settings.json"));
        return chooser;
    }

    private void exportAll() {
        JFileChooser chooser = chooser();
        if (chooser.showSaveDialog(dialog) == JFileChooser.APPROVE_OPTION) {
            Path to = chooser.getSelectedFile().toPath();
            background.ask(
                    () -> {
                        store.exportTo(to);
                        return true;
                    },
                    done -> {},
                    failed);
        }
    }

    private void importAll() {
        JFileChooser chooser = chooser();
        if (chooser.showOpenDialog(dialog) == JFileChooser.APPROVE_OPTION) {
            Path from = chooser.getSelectedFile().toPath();
            background.ask(() -> store.importFrom(from), done -> fillTree(), failed);
        }
    }

    /** Pages without the icons of files and folders; groups in quiet bold. */
    private static final class PlainCell extends javax.swing.tree.DefaultTreeCellRenderer {
        @Override
        public Component getTreeCellRendererComponent(
                JTree tree, Object value, boolean selected, boolean open, boolean leaf, int row, boolean focus) {
            super.getTreeCellRendererComponent(tree, value, selected, open, leaf, row, focus);
            setIcon(null);
            boolean group = value instanceof DefaultMutableTreeNode node && !(node.getUserObject() instanceof Node);
            if (group && !selected) {
                setForeground(UIManager.getColor("Berth.muted.foreground"));
            }
            return this;
        }
    }
}
