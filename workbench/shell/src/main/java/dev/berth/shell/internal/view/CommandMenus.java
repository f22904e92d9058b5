/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.CommandRegistry;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JMenuItem;
import javax.swing.KeyStroke;
import javax.swing.event.MenuEvent;
import javax.swing.event.MenuListener;

/** The menu bar, made from the commands. */
@OnEdt
final class CommandMenus {

    private static final List<String> MENUS = List.of("session", "view", "tools", "help");

    private final JMenuBar bar = new JMenuBar();
    private final CommandRegistry registry;
    private final CommandContext context;
    private final Icons icons;
    private final Consumer<Throwable> failed;
    private final Registration changes;

    CommandMenus(CommandRegistry registry, CommandContext context, Icons icons, Consumer<Throwable> failed) {
        this.registry = registry;
        this.context = context;
        this.icons = icons;
        this.failed = failed;
        bar.setName("menuBar");
        changes = registry.onChange(this::fill);
        fill();
    }

    /** Listens no longer. */
    void close() {
        changes.close();
    }

    JMenuBar bar() {
        return bar;
    }

    private void fill() {
        bar.removeAll();
        for (String name : MENUS) {
            List<CommandRegistry.Entry> entries = registry.menu(name);
            if (!entries.isEmpty()) {
                bar.add(menu(name, entries));
            }
        }
        bar.revalidate();
        bar.repaint();
    }

    private JMenu menu(String name, List<CommandRegistry.Entry> entries) {
        JMenu menu = new JMenu(Texts.of("menu." + name));
        menu.setName("menu." + name);
        int group = -1;
        for (CommandRegistry.Entry entry : entries) {
            if (group >= 0 && entry.order() / 100 != group) {
                menu.addSeparator();
            }
            group = entry.order() / 100;
            menu.add(item(entry));
        }
        menu.addMenuListener(new MenuListener() {
            @Override
            public void menuSelected(MenuEvent event) {
                for (int i = 0; i < menu.getItemCount(); i++) {
                    JMenuItem item = menu.getItem(i);
                    if (item != null) {
                        registry.find(item.getName())
                                .ifPresent(entry -> item.setEnabled(registry.enabled(entry, context)));
                    }
                }
            }

            @Override
            public void menuDeselected(MenuEvent event) {
                // A shortcut asks for itself; a disabled item would swallow it.
                for (int i = 0; i < menu.getItemCount(); i++) {
                    if (menu.getItem(i) != null) {
                        menu.getItem(i).setEnabled(true);
                    }
                }
            }

            @Override
            public void menuCanceled(MenuEvent event) {
                menuDeselected(event);
            }
        });
        return menu;
    }

    private JMenuItem item(CommandRegistry.Entry entry) {
        JMenuItem item = new JMenuItem(entry.title());
        item.setName(entry.id());
        if (!entry.icon().isEmpty()) {
            item.setIcon(icons.of(entry.icon()));
        }
        KeyStroke stroke = registry.shortcut(entry);
        if (stroke != null && registry.of(stroke).get(0).equals(entry)) {
            item.setAccelerator(stroke);
        }
        item.addActionListener(event -> registry.run(entry.id(), context, failed));
        return item;
    }
}
