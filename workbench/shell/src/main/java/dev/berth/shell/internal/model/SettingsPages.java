/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of settings, the window's own and those of plugins. */
@AnyThread
public final class SettingsPages {

    private static final Logger log = LoggerFactory.getLogger(SettingsPages.class);

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private record Source(SettingsPage page, String owner) {}

    /**
     * A page and its schema as it is now.
     *
     * @param owner the plugin that it came from; empty for the window's own
     */
    public record Page(SettingsPage page, SettingsSchema schema, String owner) {}

    /** Adds a page. */
    public Registration add(SettingsPage page, String owner) {
        Source source = new Source(page, owner);
        sources.add(source);
        changed();
        return () -> {
            sources.remove(source);
            changed();
        };
    }

    private void changed() {
        Edt.runLater(() -> listeners.forEach(Runnable::run));
    }

    /** Tells of pages that come and go, on the event thread. */
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** All pages: the window's own first, then by order; one that throws is left out. */
    public List<Page> all() {
        List<Page> pages = new ArrayList<>();
        for (Source source : sources) {
            try {
                pages.add(new Page(source.page(), source.page().schema(), source.owner()));
            } catch (RuntimeException | LinkageError broken) {
                log.warn("A settings page of {} is broken", source.owner(), broken);
            }
        }
        pages.sort(Comparator.comparing((Page page) -> !page.owner().isEmpty())
                .thenComparing(page -> page.schema().order())
                .thenComparing(page -> page.schema().title()));
        return pages;
    }
}
