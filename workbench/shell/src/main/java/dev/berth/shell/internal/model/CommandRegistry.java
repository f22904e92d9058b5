/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.Command;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.edt.Edt;
import dev.berth.shell.internal.kit.KeyStrokes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All commands, the window's own and those of plugins: menus, keys and buttons are made from these. */
@AnyThread
public final class CommandRegistry {

    private static final Logger log = LoggerFactory.getLogger(CommandRegistry.class);

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Conduct conduct;
    private volatile Map<String, String> shortcuts = Map.of();

    /** Empty. */
    public CommandRegistry(Conduct conduct) {
        this.conduct = conduct;
    }

    /**
     * A command and what is known of it.
     *
     * @param owner the plugin that it came from; empty for the window's own
     */
    public record Entry(
            String id,
            String title,
            String icon,
            String shortcut,
            String menu,
            int order,
            String owner,
            Command command) {

        /** One of the window's own. */
        public static Entry own(
                String id, String title, String icon, String shortcut, String menu, int order, Command command) {
            return new Entry(id, title, icon, shortcut, menu, order, "", command);
        }
    }

    /** Adds a command; the first of two with one id stays. */
    public Registration add(Entry entry) {
        if (entries.putIfAbsent(entry.id(), entry) != null) {
            log.warn("{} contributes the command {} a second time; it is left out", entry.owner(), entry.id());
            return () -> {};
        }
        changed();
        return () -> {
            if (entries.remove(entry.id(), entry)) {
                changed();
            }
        };
    }

    private void changed() {
        Edt.runLater(() -> listeners.forEach(Runnable::run));
    }

    /** Tells of commands that come and go, on the event thread. */
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The commands of a menu in their order. */
    public List<Entry> menu(String menu) {
        return entries.values().stream()
                .filter(entry -> entry.menu().equals(menu))
                .sorted(Comparator.comparingInt(Entry::order).thenComparing(Entry::title))
                .toList();
    }

    /** All commands, by title. */
    public List<Entry> all() {
        return entries.values().stream()
                .sorted(Comparator.comparing(Entry::title).thenComparing(Entry::id))
                .toList();
    }

    /** Puts the person's own shortcuts in place of the commands': by command id, empty for none. */
    public void shortcuts(Map<String, String> own) {
        if (!shortcuts.equals(own)) {
            shortcuts = Map.copyOf(own);
            changed();
        }
    }

    /** The shortcut of a command: the person's, or the command's own; null for none. */
    public @Nullable KeyStroke shortcut(Entry entry) {
        return KeyStrokes.parse(shortcuts.getOrDefault(entry.id(), entry.shortcut()));
    }

    /** The commands that a stroke stands for; more than one is a conflict, which the first wins. */
    public List<Entry> of(KeyStroke stroke) {
        return entries.values().stream()
                .filter(entry -> stroke.equals(shortcut(entry)))
                .sorted(Comparator.comparingInt(Entry::order).thenComparing(Entry::id))
                .toList();
    }

    /** A command by its id. */
    public Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Whether a command can run now; one that throws cannot. */
    @OnEdt
    public boolean enabled(Entry entry, CommandContext context) {
        try {
            return entry.command().enabled(context);
        } catch (RuntimeException | Error broken) {
            log.warn("The command {} of {} is broken", entry.id(), entry.owner(), broken);
            conduct.failed(entry.owner(), broken);
            return false;
        }
    }

    /** Runs a command if it can run now. */
    @OnEdt
    public void run(String id, CommandContext context, Consumer<Throwable> failed) {
        find(id).filter(entry -> enabled(entry, context)).ifPresent(entry -> {
            try {
                entry.command().run(context);
            } catch (RuntimeException | Error broken) {
                log.warn("The command {} of {} is broken", id, entry.owner(), broken);
                failed.accept(entry.owner().isEmpty() ? broken : new PluginFailure(entry.owner(), broken));
                conduct.failed(entry.owner(), broken);
            }
        });
    }
}
