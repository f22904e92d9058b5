/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.Command;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.command.CommandSpec;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import dev.berth.api.ui.toolwindow.ToolWindowFactory;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.api.ui.toolwindow.ToolWindowSpec;
import dev.berth.shell.internal.model.CommandRegistry;
import dev.berth.shell.internal.model.ToolWindowEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Turns services of plugins into commands and tool windows; the service itself is fetched when it is first used. */
final class Contributions {

    private static final int DEFAULT_ORDER = 1000;

    private final BundleContext context;
    private final CommandRegistry commands;

    Contributions(BundleContext context, CommandRegistry commands) {
        this.context = context;
        this.commands = commands;
    }

    Registration command(ServiceReference<Command> reference) {
        return commands.add(new CommandRegistry.Entry(
                text(reference, CommandSpec.PREFIX_ + "id", ""),
                title(reference, CommandSpec.PREFIX_ + "title"),
                text(reference, CommandSpec.PREFIX_ + "icon", ""),
                text(reference, CommandSpec.PREFIX_ + "shortcut", ""),
                text(reference, CommandSpec.PREFIX_ + "menu", "tools"),
                number(reference, CommandSpec.PREFIX_ + "order"),
                owner(reference),
                new LazyCommand(reference)));
    }

    ToolWindowEntry toolWindow(ServiceReference<ToolWindowFactory> reference) {
        return new ToolWindowEntry(
                text(reference, ToolWindowSpec.PREFIX_ + "id", ""),
                title(reference, ToolWindowSpec.PREFIX_ + "title"),
                text(reference, ToolWindowSpec.PREFIX_ + "icon", ""),
                ToolWindowSide.valueOf(text(reference, ToolWindowSpec.PREFIX_ + "side", "LEFT")),
                number(reference, ToolWindowSpec.PREFIX_ + "order"),
                Boolean.parseBoolean(text(reference, ToolWindowSpec.PREFIX_ + "shown", "false")),
                owner(reference),
                it -> service(reference).create(it));
    }

    /** A page that is fetched when the settings are first opened. */
    SettingsPage settingsPage(ServiceReference<SettingsPage> reference) {
        return new SettingsPage() {
            @Override
            public SettingsSchema schema() {
                return service(reference).schema();
            }

            @Override
            public Optional<JComponent> extra() {
                return service(reference).extra();
            }
        };
    }

    String ownerOf(ServiceReference<?> reference) {
        return owner(reference);
    }

    private <T> T service(ServiceReference<T> reference) {
        T service = context.getService(reference);
        if (service == null) {
            throw new IllegalStateException("the service of " + owner(reference) + " is gone");
        }
        return service;
    }

    private static String owner(ServiceReference<?> reference) {
        return String.valueOf(
                reference.getProperty("service.bundleid") == null
                        ? ""
                        : reference.getBundle() == null
                                ? ""
                                : reference.getBundle().getSymbolicName());
    }

    private static String text(ServiceReference<?> reference, String key, String fallback) {
        Object value = reference.getProperty(key);
        return value == null ? fallback : value.toString();
    }

    private static int number(ServiceReference<?> reference, String key) {
        return reference.getProperty(key) instanceof Integer number ? number : DEFAULT_ORDER;
    }

    /** A title, or what the plugin's own texts say for it. */
    private static String title(ServiceReference<?> reference, String key) {
        String title = text(reference, key, "");
        if (!title.startsWith("%")) {
            return title;
        }
        String found = localized(reference, title.substring(1));
        return found == null ? title.substring(1) : found;
    }

    private static @Nullable String localized(ServiceReference<?> reference, String key) {
        URL texts = reference.getBundle() == null
                ? null
                : reference.getBundle().getEntry("OSGI-INF/l10n/bundle.properties");
        if (texts == null) {
            return null;
        }
        try (InputStream stream = texts.openStream()) {
            PropertyResourceBundle bundle = new PropertyResourceBundle(stream);
            return bundle.containsKey(key) ? bundle.getString(key) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Fetches the command when it is asked something for the first time. */
    private final class LazyCommand implements Command {
        private final ServiceReference<Command> reference;

        LazyCommand(ServiceReference<Command> reference) {
            this.reference = reference;
        }

        @Override
        public boolean enabled(CommandContext it) {
            return service(reference).enabled(it);
        }

        @Override
        public void run(CommandContext it) {
            service(reference).run(it);
        }
    }
}
