/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.shell.internal.kit.Guarded;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.CommandRegistry;
import dev.berth.shell.internal.model.Conduct;
import dev.berth.shell.internal.model.ToolWindowEntry;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JSplitPane;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;
import javax.swing.UIManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tool windows around the desktops: a stripe of buttons, and one open window at each side. Created when first shown. */
@OnEdt
final class ToolWindows {

    private static final Logger log = LoggerFactory.getLogger(ToolWindows.class);
    /** Followed by the id of a tool window: the command that brings it to the front. */
    static final String COMMAND = "toolwindow.";

    private static final Map<String, String> KEYS = Map.of(
            BuiltInTools.SESSIONS,
            "alt 1",
            BuiltInTools.TASKS,
            "alt 2",
            "dev.berth.terminal",
            "alt 3",
            "dev.berth.log",
            "alt 4",
            "dev.berth.metrics",
            "alt 5",
            "dev.berth.problems",
            "alt 6",
            "dev.berth.images",
            "alt 7",
            "dev.berth.files",
            "alt 8");
    private static final int LEAST_SIZE = 60;
    private static final int SIDE_WIDTH = 264;
    private static final int BOTTOM_HEIGHT = 220;

    private final Icons icons;
    private final CommandContext commands;
    private final CommandRegistry registry;
    private final JPanel stripe = new Stripe();
    private final JPanel root = new JPanel(new BorderLayout());
    private final JSplitPane left = split(JSplitPane.HORIZONTAL_SPLIT, 0);
    private final JSplitPane right = split(JSplitPane.HORIZONTAL_SPLIT, 1);
    private final JSplitPane bottom = split(JSplitPane.VERTICAL_SPLIT, 1);
    private final Conduct conduct;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<ToolWindowSide, Window> open = new EnumMap<>(ToolWindowSide.class);
    private final Map<ToolWindowSide, Integer> sizes = new EnumMap<>(ToolWindowSide.class);

    ToolWindows(JComponent centre, Icons icons, CommandContext commands, CommandRegistry registry, Conduct conduct) {
        this.conduct = conduct;
        this.icons = icons;
        this.registry = registry;
        this.commands = commands;
        stripe.setName("stripe");
        stripe.setLayout(new BoxLayout(stripe, BoxLayout.Y_AXIS));
        bottom.setTopComponent(centre);
        right.setLeftComponent(bottom);
        left.setRightComponent(right);
        root.add(stripe, BorderLayout.LINE_START);
        root.add(left, BorderLayout.CENTER);
    }

    private static JSplitPane split(int orientation, double weight) {
        JSplitPane pane = new JSplitPane(orientation, true);
        pane.setBorder(BorderFactory.createEmptyBorder());
        pane.setResizeWeight(weight);
        pane.setDividerSize(0);
        return pane;
    }

    JComponent component() {
        return root;
    }

    void add(ToolWindowEntry entry) {
        if (windows.containsKey(entry.id())) {
            log.warn("{} contributes the tool window {} a second time; it is left out", entry.owner(), entry.id());
            return;
        }
        Window window = new Window(entry);
        windows.put(entry.id(), window);
        window.command = registry.add(new CommandRegistry.Entry(
                COMMAND + entry.id(),
                entry.title(),
                entry.icon(),
                KEYS.getOrDefault(entry.id(), ""),
                "tools",
                200 + windows.size(),
                entry.owner(),
                context -> reveal(entry.id())));
        fillStripe();
        if (entry.shown()) {
            show(window);
        }
    }

    void remove(String id) {
        Window window = windows.remove(id);
        if (window != null) {
            hide(window);
            window.command.close();
            window.dispose();
            fillStripe();
        }
    }

    /** Which tool windows are open, how large, and where. */
    Map<String, Object> save() {
        Map<String, Object> shown = new LinkedHashMap<>();
        Map<String, Object> large = new LinkedHashMap<>();
        open.forEach((side, window) -> {
            shown.put(side.name(), window.entry.id());
            JComponent panel = window.panel();
            large.put(side.name(), (long) (side == ToolWindowSide.BOTTOM ? panel.getHeight() : panel.getWidth()));
        });
        Map<String, Object> places = new LinkedHashMap<>();
        windows.forEach((id, window) -> places.put(id, window.side.name()));
        return Map.of("open", shown, "sizes", large, "sides", places);
    }

    /** Opens what was open. */
    void restore(Map<?, ?> saved) {
        if (saved.get("sides") instanceof Map<?, ?> places) {
            windows.forEach((id, window) -> side(places.get(id)).ifPresent(side -> {
                if (window.side != side) {
                    hide(window);
                    window.side = side;
                }
            }));
        }
        for (ToolWindowSide side : ToolWindowSide.values()) {
            if (saved.get("sizes") instanceof Map<?, ?> large
                    && large.get(side.name()) instanceof Number number
                    && number.intValue() >= LEAST_SIZE
                    && number.intValue() < 5000) {
                sizes.put(side, number.intValue());
            }
            Object id = saved.get("open") instanceof Map<?, ?> shown ? shown.get(side.name()) : null;
            Window before = open.get(side);
            Window window = id == null ? null : windows.get(String.valueOf(id));
            if (before != null && !before.equals(window)) {
                hide(before);
            }
            if (window != null && window.side == side) {
                show(window);
            }
        }
        fillStripe();
    }

    private static Optional<ToolWindowSide> side(@org.jspecify.annotations.Nullable Object name) {
        return Arrays.stream(ToolWindowSide.values())
                .filter(side -> side.name().equals(name))
                .findFirst();
    }

    /** Puts all where they stand at first. */
    void reset() {
        sizes.clear();
        for (Window window : windows.values()) {
            hide(window);
            sizes.clear();
            window.side = window.entry.side();
        }
        windows.values().stream().filter(window -> window.entry.shown()).forEach(this::show);
        fillStripe();
    }

    private void move(Window window, ToolWindowSide side) {
        hide(window);
        window.side = side;
        fillStripe();
        show(window);
    }

    /** Takes down what the tool windows hold; the window closes. */
    void dispose() {
        for (Window window : windows.values()) {
            window.command.close();
            window.dispose();
        }
    }

    void reveal(String id) {
        Window window = windows.get(id);
        if (window != null) {
            show(window);
        }
    }

    private void fillStripe() {
        stripe.removeAll();
        stripe.add(Ui.gapDown(1));
        windows.values().stream()
                .sorted(Comparator.comparing((Window window) -> window.side)
                        .thenComparing(window -> window.entry.order()))
                .forEach(window -> {
                    stripe.add(window.button);
                    stripe.add(Ui.gapDown(0.5));
                });
        stripe.add(Box.createVerticalGlue());
        stripe.revalidate();
        stripe.repaint();
    }

    private JSplitPane pane(ToolWindowSide side) {
        return switch (side) {
            case LEFT -> left;
            case RIGHT -> right;
            case BOTTOM -> bottom;
        };
    }

    private void show(Window window) {
        ToolWindowSide side = window.side;
        Window before = open.get(side);
        if (window.equals(before)) {
            return;
        }
        if (before != null) {
            hide(before);
        }
        open.put(side, window);
        window.button.setSelected(true);
        JSplitPane pane = pane(side);
        pane.setDividerSize(UIManager.getInt("SplitPane.dividerSize"));
        int size = sizes.getOrDefault(side, side == ToolWindowSide.BOTTOM ? BOTTOM_HEIGHT : SIDE_WIDTH);
        JComponent panel = window.panel();
        panel.setPreferredSize(side == ToolWindowSide.BOTTOM ? new Dimension(10, size) : new Dimension(size, 10));
        switch (side) {
            case LEFT -> {
                pane.setLeftComponent(panel);
                pane.setDividerLocation(size);
            }
            case RIGHT -> {
                pane.setRightComponent(panel);
                pane.setDividerLocation(Math.max(0, pane.getWidth() - size));
            }
            case BOTTOM -> {
                pane.setBottomComponent(panel);
                pane.setDividerLocation(Math.max(0, pane.getHeight() - size));
            }
        }
        root.revalidate();
    }

    private void hide(Window window) {
        ToolWindowSide side = window.side;
        window.button.setSelected(false);
        if (!window.equals(open.get(side))) {
            return;
        }
        open.remove(side);
        JSplitPane pane = pane(side);
        JComponent panel = window.panel();
        sizes.put(side, side == ToolWindowSide.BOTTOM ? panel.getHeight() : panel.getWidth());
        pane.remove(panel);
        pane.setDividerSize(0);
        root.revalidate();
        root.repaint();
    }

    private void toggle(Window window) {
        if (window.equals(open.get(window.side))) {
            hide(window);
        } else {
            show(window);
        }
    }

    /** A tool window, with or without its content. */
    private final class Window implements ToolWindowContext {
        private final ToolWindowEntry entry;
        private ToolWindowSide side;
        private final JToggleButton button;
        private final JLabel badge = Ui.muted(new JLabel());
        private final List<Registration> resources = new ArrayList<>();
        private Registration command = () -> {};
        private @org.jspecify.annotations.Nullable JPanel panel;

        Window(ToolWindowEntry entry) {
            this.entry = entry;
            side = entry.side();
            button = Ui.iconToggle(
                    "stripe." + entry.id(), entry.title(), icons.of(entry.icon(), 20), () -> toggle(this));
            button.setAlignmentX(JComponent.CENTER_ALIGNMENT);
            Dimension square = new Dimension(36, 36);
            button.setPreferredSize(square);
            button.setMinimumSize(square);
            button.setMaximumSize(square);
        }

        JPanel panel() {
            JPanel made = panel;
            if (made == null) {
                made = new JPanel(new BorderLayout());
                made.setName("toolwindow." + entry.id());
                made.add(header(), BorderLayout.NORTH);
                made.add(content(), BorderLayout.CENTER);
                panel = made;
            }
            return made;
        }

        private JPanel header() {
            JPanel header = new JPanel(new BorderLayout());
            header.setBorder(Ui.padding(0.5, 2, 0.5, 0.5));
            JLabel title = Ui.label(entry.id() + ".title", entry.title(), "h4");
            badge.setBorder(Ui.padding(0, 1, 0, 0));
            JPanel words = new JPanel();
            words.setLayout(new BoxLayout(words, BoxLayout.X_AXIS));
            words.add(title);
            words.add(badge);
            header.add(words, BorderLayout.CENTER);
            JPanel buttons = new JPanel();
            buttons.setLayout(new BoxLayout(buttons, BoxLayout.X_AXIS));
            JButton more = Ui.iconButton("toolwindow.more", Texts.of("toolwindow.more"), icons.of("more"), () -> {});
            more.addActionListener(event -> sides().show(more, 0, more.getHeight()));
            buttons.add(more);
            buttons.add(
                    Ui.iconButton("toolwindow.hide", Texts.of("toolwindow.hide"), icons.of("close"), () -> hide(this)));
            header.add(buttons, BorderLayout.EAST);
            return header;
        }

        private JPopupMenu sides() {
            JPopupMenu menu = new JPopupMenu();
            for (ToolWindowSide to : ToolWindowSide.values()) {
                JMenuItem item =
                        new JMenuItem(Texts.of("toolwindow." + to.name().toLowerCase(Locale.ROOT)));
                item.setName("toolwindow." + to.name().toLowerCase(Locale.ROOT));
                item.setEnabled(to != side);
                item.addActionListener(event -> move(this, to));
                menu.add(item);
            }
            return menu;
        }

        private JComponent content() {
            try {
                JComponent made = entry.factory().create(this);
                return entry.owner().isEmpty() ? made : new Guarded(made, this::placeholder);
            } catch (RuntimeException | Error broken) {
                return placeholder(broken);
            }
        }

        private JComponent placeholder(Throwable broken) {
            log.warn("The tool window {} of {} is broken", entry.id(), entry.owner(), broken);
            conduct.failed(entry.owner(), broken);
            String plugin = entry.owner().isEmpty() ? entry.id() : entry.owner();
            JLabel placeholder = Ui.muted(new JLabel(Texts.of("toolwindow.broken", plugin), SwingConstants.CENTER));
            placeholder.setName("placeholder");
            placeholder.setIcon(icons.of("warning"));
            return placeholder;
        }

        void dispose() {
            for (Registration resource : resources) {
                try {
                    resource.close();
                } catch (RuntimeException | Error broken) {
                    log.warn("The tool window {} of {} does not close", entry.id(), entry.owner(), broken);
                    conduct.failed(entry.owner(), broken);
                }
            }
            resources.clear();
        }

        @Override
        public CommandContext commands() {
            return commands;
        }

        @Override
        public void reveal() {
            Edt.run(() -> show(this));
        }

        @Override
        public void badge(String text) {
            Edt.run(() -> badge.setText(text));
        }

        @Override
        public void onClose(Registration resource) {
            Edt.run(() -> resources.add(resource));
        }
    }

    /** The buttons at the edge. */
    private static final class Stripe extends JPanel {
        @Override
        public void updateUI() {
            super.updateUI();
            Color line = UIManager.getColor("Berth.separator");
            setBackground(UIManager.getColor("Berth.stripe.background"));
            setBorder(BorderFactory.createCompoundBorder(
                    BorderFactory.createMatteBorder(0, 0, 0, 1, line == null ? Color.LIGHT_GRAY : line),
                    Ui.padding(0, 0.5, 0, 0.5)));
        }
    }
}
