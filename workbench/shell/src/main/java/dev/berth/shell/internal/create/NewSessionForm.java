/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.create;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.task.OnEdt;
import dev.berth.sessions.SessionRequest;
import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.Background;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.text.JTextComponent;

/** The fields of a new session. */
@OnEdt
final class NewSessionForm extends JPanel {

    private static final String[] SCREENS = {"1280 × 800", "1600 × 900", "1920 × 1080", "2560 × 1440", "3840 × 2160"};

    private final transient Background background;
    private final transient Icons icons;
    private final transient Supplier<Set<String>> taken;
    private final transient Runnable onChange;
    private final transient FormLines lines = new FormLines();
    private final transient Map<Path, Boolean> isFolder = new HashMap<>();
    private final JComboBox<Choice> recipe = new JComboBox<>();
    private final JTextArea about = Ui.muted(Ui.paragraph("new.about", " "));
    private final JTextField name = new JTextField();
    private final JComboBox<String> screen = new JComboBox<>(SCREENS);
    private final JTextField cpus = new JTextField();
    private final JTextField memory = new JTextField();
    private final JComboBox<String> network =
            new JComboBox<>(new String[] {Texts.of("new.networkOut"), Texts.of("new.networkNone")});
    private final JCheckBox ephemeral = new JCheckBox(Texts.of("new.ephemeral"));
    private final JPanel folders = column();
    private final transient List<FolderRow> rows = new ArrayList<>();

    /** A recipe as the list shows it. */
    private record Choice(Recipe recipe) {
        @Override
        public String toString() {
            return recipe.title();
        }
    }

    NewSessionForm(Background background, Icons icons, Supplier<Set<String>> taken, Runnable onChange) {
        this.background = background;
        this.icons = icons;
        this.taken = taken;
        this.onChange = onChange;
        setOpaque(false);
        setLayout(new BoxLayout(this, BoxLayout.Y_AXIS));
        screen.setEditable(true);
        screen.setSelectedItem("");
        network.setEditable(true);
        recipe.addActionListener(event -> recipeChosen());
        add(lines.line("recipe", Texts.of("new.recipe"), recipe));
        add(about);
        add(Ui.gapDown(2));
        add(pair(
                lines.line(Wishes.NAME, Texts.of("new.name"), name),
                lines.line(Wishes.SCREEN, Texts.of("new.screen"), screen)));
        add(pair(
                lines.line(Wishes.CPUS, Texts.of("new.cpus"), cpus),
                lines.line(Wishes.MEMORY, Texts.of("new.memory"), memory)));
        add(lines.line(Wishes.NETWORK, Texts.of("new.network"), network));
        add(Ui.label("new.folders", Texts.of("new.folders"), "default"));
        add(Ui.gapDown(0.5));
        add(folders);
        JButton more = Ui.button("new.folder", Texts.of("new.folder"), this::addFolder);
        more.setIcon(icons.of("add"));
        more.setAlignmentX(Component.LEFT_ALIGNMENT);
        add(more);
        add(Ui.gapDown(2));
        ephemeral.setName("new.ephemeral");
        ephemeral.setOpaque(false);
        ephemeral.setAlignmentX(Component.LEFT_ALIGNMENT);
        add(ephemeral);
        placeholder(name, Texts.of("new.namePlaceholder"));
        for (JTextField field : List.of(name, cpus, memory)) {
            FormLines.onType(field, this::check);
        }
        for (JComboBox<String> combo : List.of(screen, network)) {
            FormLines.onType((JTextComponent) combo.getEditor().getEditorComponent(), this::check);
        }
    }

    private static JPanel column() {
        JPanel column = new JPanel();
        column.setOpaque(false);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        column.setAlignmentX(Component.LEFT_ALIGNMENT);
        return column;
    }

    private static JPanel pair(JPanel left, JPanel right) {
        JPanel pair = new JPanel(new GridLayout(1, 2, 2 * Ui.GRID, 0));
        pair.setOpaque(false);
        pair.setAlignmentX(Component.LEFT_ALIGNMENT);
        pair.add(left);
        pair.add(right);
        return pair;
    }

    private static void placeholder(Container field, String text) {
        ((javax.swing.JComponent) field).putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, text);
    }

    /** Offers recipes, one of them chosen; an id that none of them has chooses the first. */
    void recipes(List<Recipe> all, String chosen) {
        recipe.removeAllItems();
        all.forEach(it -> recipe.addItem(new Choice(it)));
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(chosen)) {
                recipe.setSelectedIndex(i);
            }
        }
        check();
    }

    private void recipeChosen() {
        if (!(recipe.getSelectedItem() instanceof Choice choice)) {
            return;
        }
        Recipe it = choice.recipe();
        about.setText(it.description().isEmpty() ? " " : it.description());
        placeholder(
                screen,
                Texts.of(
                        "new.screenPlaceholder",
                        String.valueOf(it.session().width()),
                        String.valueOf(it.session().height())));
        placeholder(
                cpus, it.session().cpus() > 0 ? String.valueOf(it.session().cpus()) : Texts.of("new.cpusPlaceholder"));
        placeholder(
                memory,
                it.session().memoryBytes() > 0
                        ? Amounts.bytes(it.session().memoryBytes())
                        : Texts.of("new.memoryPlaceholder"));
        repaint();
        check();
    }

    private void addFolder() {
        FolderRow row = new FolderRow(icons, this::check, this::removeFolder);
        rows.add(row);
        folders.add(row);
        resized();
        row.requestFocusInWindow();
    }

    private void removeFolder(FolderRow row) {
        rows.remove(row);
        folders.remove(row);
        resized();
    }

    private void resized() {
        revalidate();
        repaint();
        check();
    }

    private static String text(JComboBox<String> combo) {
        return ((JTextComponent) combo.getEditor().getEditorComponent()).getText();
    }

    private Wishes wishes() {
        String net = text(network).strip();
        return new Wishes(
                recipe.getSelectedItem() instanceof Choice choice
                        ? choice.recipe().id()
                        : "",
                name.getText(),
                text(screen),
                cpus.getText(),
                memory.getText(),
                net.equals(Texts.of("new.networkOut")) || net.isEmpty()
                        ? Wishes.OUTGOING
                        : net.equals(Texts.of("new.networkNone")) ? Wishes.NONE : net,
                ephemeral.isSelected(),
                rows.stream().map(FolderRow::folder).toList());
    }

    private void check() {
        Map<String, String> problems = problems();
        lines.mark(problems);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).mark(problems, i);
        }
        onChange.run();
    }

    private Map<String, String> problems() {
        return wishes().problems(taken.get(), this::folderExists);
    }

    /** What is known; where nothing is, it is asked, since a folder may lie on a slow server, and counts as there. */
    private boolean folderExists(Path path) {
        Boolean known = isFolder.get(path);
        if (known == null) {
            isFolder.put(path, true);
            background.ask(
                    () -> Files.isDirectory(path),
                    found -> {
                        isFolder.put(path, found);
                        if (!found) {
                            check();
                        }
                    },
                    error -> {});
        }
        return known == null || known;
    }

    /** The request; empty as long as something cannot be. */
    Optional<SessionRequest> request() {
        Wishes wishes = wishes();
        return wishes.recipe().isEmpty() || !problems().isEmpty() ? Optional.empty() : Optional.of(wishes.request());
    }

    /** What the tab is called until the session has a name. */
    String title() {
        return name.getText().isBlank()
                ? String.valueOf(recipe.getSelectedItem())
                : name.getText().strip();
    }

    @Override
    public Dimension getMaximumSize() {
        return new Dimension(Integer.MAX_VALUE, getPreferredSize().height);
    }
}
