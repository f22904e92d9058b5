/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.task.OnEdt;
import dev.berth.plugins.InstalledPlugin;
import dev.berth.plugins.PluginInfo;
import dev.berth.plugins.PluginOffer;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridBagLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BoxLayout;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** A plugin in a list: what it is and how it stands, and at the end of the line what can be done with it. */
@OnEdt
final class PluginRow extends JPanel {

    /** What can be done with an installed plugin, by its name. */
    interface Actions {
        void update(String name);

        void rollBack(String name);

        void enable(String name, boolean on);

        void remove(String name);
    }

    private PluginRow(String name, Icon icon, List<JLabel> lines, List<Component> buttons, @Nullable JLabel below) {
        super(new BorderLayout(2 * Ui.GRID, 0));
        setName("plugin." + name);
        setAlignmentX(Component.LEFT_ALIGNMENT);
        setBorder(Ui.padding(0.75, 0, 0.75, 0));
        JPanel words = new JPanel();
        words.setLayout(new BoxLayout(words, BoxLayout.Y_AXIS));
        lines.forEach(words::add);
        JLabel mark = new JLabel(icon);
        mark.setVerticalAlignment(JLabel.TOP);
        JPanel right = new JPanel();
        right.setLayout(new BoxLayout(right, BoxLayout.X_AXIS));
        buttons.forEach(button -> {
            right.add(Ui.gapAcross(0.5));
            right.add(button);
        });
        JPanel middle = new JPanel(new GridBagLayout());
        middle.add(right);
        add(mark, BorderLayout.LINE_START);
        add(words, BorderLayout.CENTER);
        add(middle, BorderLayout.LINE_END);
        if (below != null) {
            below.setBorder(Ui.padding(0.5, 0, 0, 0));
            add(below, BorderLayout.SOUTH);
        }
        setMaximumSize(new Dimension(Integer.MAX_VALUE, getPreferredSize().height));
    }

    static PluginRow of(InstalledPlugin plugin, Icons icons, Actions actions) {
        PluginInfo info = plugin.info();
        List<JLabel> lines = new ArrayList<>();
        lines.add(line(Ui.label("plugin.title", info.title() + "  " + info.version(), "h4")));
        if (!info.description().isEmpty()) {
            lines.add(line(new JLabel(info.description())));
        }
        String maker = info.vendor().isEmpty() ? info.name() : info.name() + " · " + info.vendor();
        String signer = info.signed() ? Texts.of("plugins.signedBy", info.signer()) : Texts.of("plugins.notSigned");
        lines.add(line(Ui.muted(new JLabel(maker + " · " + signer))));
        JLabel state = state(plugin, icons);
        boolean failed = plugin.state() == InstalledPlugin.State.FAILED;
        if (!failed) {
            lines.add(state);
        }
        List<Component> buttons = new ArrayList<>();
        boolean off = plugin.state() == InstalledPlugin.State.DISABLED;
        buttons.add(button(
                off ? "plugin.enable" : "plugin.disable",
                off ? "plugins.enable" : "plugins.disable",
                () -> actions.enable(info.name(), off)));
        if (!plugin.source().isEmpty()) {
            buttons.add(button("plugin.update", "plugins.update", () -> actions.update(info.name())));
        }
        if (plugin.canRollBack()) {
            buttons.add(button("plugin.rollBack", "plugins.rollBack", () -> actions.rollBack(info.name())));
        }
        buttons.add(Ui.iconButton(
                "plugin.remove", Texts.of("plugins.remove"), icons.of("trash"), () -> actions.remove(info.name())));
        return new PluginRow(info.name(), icons.of("plug", 24), lines, buttons, failed ? state : null);
    }

    static PluginRow of(PluginOffer offer, boolean here, Icons icons, Consumer<PluginOffer> take) {
        List<JLabel> lines = new ArrayList<>();
        lines.add(line(Ui.label("plugin.title", offer.name() + "  " + offer.version(), "h4")));
        if (!offer.description().isEmpty()) {
            lines.add(line(new JLabel(offer.description())));
        }
        JButton install =
                button("offer.install", here ? "plugins.isHere" : "plugins.installNow", () -> take.accept(offer));
        install.setEnabled(!here);
        return new PluginRow(offer.name() + ".offer", icons.of("download", 24), lines, List.of(install), null);
    }

    private static JButton button(String name, String key, Runnable action) {
        return Ui.button(name, Texts.of(key), action);
    }

    private static JLabel state(InstalledPlugin plugin, Icons icons) {
        JLabel state = switch (plugin.state()) {
            case RUNNING -> new JLabel(Texts.of("plugins.running"), icons.of("check"), JLabel.LEADING);
            case DISABLED -> new JLabel(Texts.of("plugins.disabled"), icons.of("pending"), JLabel.LEADING);
            case FAILED -> new JLabel(Texts.of("plugins.failed", plugin.problem()), icons.of("error"), JLabel.LEADING);
        };
        state.setName("plugin.state");
        return line(state);
    }

    /** One line, of what a stranger wrote; what does not fit is cut with an ellipsis and shown by the tool tip. */
    private static JLabel line(JLabel label) {
        String text = label.getText();
        // Set again, since a label looks for HTML as it is told its text.
        label.setText("");
        label.putClientProperty("html.disable", true);
        label.setText(text);
        label.setToolTipText(text.startsWith("<html>") ? null : text);
        label.setAlignmentX(Component.LEFT_ALIGNMENT);
        label.setMinimumSize(new Dimension(0, label.getPreferredSize().height));
        return label;
    }
}
