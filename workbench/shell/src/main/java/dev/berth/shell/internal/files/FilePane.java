/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Line;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.tools.Host;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.swing.AbstractAction;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/** One side's folder. Enter goes into a folder, Backspace out of it, F5 copies to the other side. */
@OnEdt
final class FilePane extends JPanel {

    private final transient Host host;
    private final JTextField path = new JTextField();
    private final JLabel error = new JLabel(" ");
    private final ItemTable table;
    private final transient Runnable copy;
    private transient @Nullable Side side;
    private String folder = "";
    private int asked;

    /**
     * Shows nothing yet.
     *
     * @param name begins the names of its parts, and the keys of its words
     * @param title stands before the folder
     * @param copy copies what is selected to the other side
     */
    FilePane(Host host, String name, JComponent title, Runnable copy) {
        super(new BorderLayout());
        this.host = host;
        this.copy = copy;
        setName(name);
        JPanel bar = new JPanel();
        bar.setLayout(new BoxLayout(bar, BoxLayout.X_AXIS));
        bar.setBorder(Ui.padding(0.5, 1, 0.5, 1));
        bar.add(title);
        bar.add(Ui.gapAcross(1));
        bar.add(Ui.iconButton(name + ".up", Texts.of("files.up"), host.icons().of("up"), this::up));
        path.setName(name + ".path");
        path.getAccessibleContext().setAccessibleName(Texts.of("files.path"));
        path.addActionListener(event -> go(path.getText()));
        path.setMinimumSize(new Dimension(40, path.getPreferredSize().height));
        path.setMaximumSize(new Dimension(Integer.MAX_VALUE, path.getPreferredSize().height));
        bar.add(path);
        bar.add(Ui.iconButton(
                name + ".refresh", Texts.of("files.refresh"), host.icons().of("refresh"), this::refresh));
        table = new ItemTable(name + ".table", host.icons());
        table.getAccessibleContext().setAccessibleName(Texts.of(name));
        bind("ENTER", this::enter);
        bind("BACK_SPACE", this::up);
        bind("F5", copy);
        table.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
                if (event.getClickCount() == 2) {
                    enter();
                }
            }
        });
        error.setName(name + ".error");
        error.putClientProperty("html.disable", true);
        error.setBorder(Ui.padding(0.25, 1, 0.25, 1));
        error.setMinimumSize(new Dimension(0, 0));
        error.setVisible(false);
        JScrollPane scroll = new JScrollPane(table);
        scroll.setBorder(new Line(1, 0, 0, 0));
        add(bar, BorderLayout.NORTH);
        add(scroll, BorderLayout.CENTER);
        add(Ui.muted(error), BorderLayout.SOUTH);
        setMinimumSize(new Dimension(120, 60));
        setPreferredSize(new Dimension(320, 160));
    }

    private void bind(String key, Runnable action) {
        table.getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(key), key);
        table.getActionMap().put(key, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                action.run();
            }
        });
    }

    ItemTable table() {
        return table;
    }

    /** Where the pane is; empty while there is nothing to be seen. */
    Optional<String> folder() {
        return side == null || folder.isEmpty() ? Optional.empty() : Optional.of(folder);
    }

    /** Copies what is selected to the other side. */
    void copy() {
        copy.run();
    }

    /** Shows another computer's files, from its home folder on; null shows nothing. */
    void side(@Nullable Side other) {
        side = other;
        folder = "";
        path.setText("");
        path.setEnabled(other != null);
        table.show(List.of());
        say("");
        if (other != null) {
            int number = ++asked;
            host.background()
                    .ask(
                            other::home,
                            home -> {
                                if (number == asked) {
                                    go(home);
                                }
                            },
                            failed -> say(failed.summary()));
        }
    }

    private void go(String target) {
        Side there = side;
        if (there == null) {
            return;
        }
        int number = ++asked;
        host.background()
                .ask(
                        () -> there.list(target),
                        items -> {
                            if (number == asked) {
                                arrive(target, items);
                            }
                        },
                        failed -> {
                            if (number == asked) {
                                path.setText(folder);
                                say(failed.summary());
                            }
                        });
    }

    private void arrive(String target, List<Item> items) {
        boolean moved = !target.equals(folder);
        String left = folder;
        Side there = side;
        folder = target;
        path.setText(target);
        say("");
        if (moved) {
            table.clearSelection();
        }
        table.show(items);
        if (moved && there != null && !left.isEmpty() && there.parent(left).equals(target)) {
            // Back out of a folder: it is where one was.
            items.stream()
                    .filter(it -> there.child(target, it.name()).equals(left))
                    .findFirst()
                    .ifPresent(it -> table.select(Set.of(it.name())));
        }
    }

    private void say(String words) {
        error.setText(words.isEmpty() ? " " : words);
        error.setToolTipText(words.isEmpty() ? null : words);
        error.setVisible(!words.isEmpty());
    }

    /** Looks again. */
    void refresh() {
        folder().ifPresent(this::go);
    }

    private void up() {
        if (side != null && !folder.isEmpty()) {
            go(side.parent(folder));
        }
    }

    private void enter() {
        List<Item> chosen = table.selected();
        if (side != null && chosen.size() == 1 && chosen.get(0).folder()) {
            go(side.child(folder, chosen.get(0).name()));
        }
    }
}
