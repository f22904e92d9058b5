/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import dev.berth.shell.internal.kit.Guarded;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.swing.JComponent;
import javax.swing.JLabel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of settings, the window's own and those of plugins. */
@AnyThread
public final class SettingsPages {

    private static final Logger log = LoggerFactory.getLogger(SettingsPages.class);

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Conduct conduct;

    /** Empty. */
    public SettingsPages(Conduct conduct) {
        this.conduct = conduct;
    }

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

    /** What a page shows below its settings; of a plugin that fails a line that names it. */
    @OnEdt
    public Optional<JComponent> extra(Page page) {
        try {
            return page.page()
                    .extra()
                    .map(extra ->
                            page.owner().isEmpty() ? extra : new Guarded(extra, broken -> placeholder(page, broken)));
        } catch (RuntimeException | Error broken) {
            return Optional.of(placeholder(page, broken));
        }
    }

    private JComponent placeholder(Page page, Throwable broken) {
        log.warn("A settings page of {} is broken", page.owner(), broken);
        conduct.failed(page.owner(), broken);
        JLabel placeholder = Ui.muted(new JLabel(Texts.of("toolwindow.broken", page.owner())));
        placeholder.setName("placeholder");
        return placeholder;
    }

    /** All pages: the window's own first, then by order; one that throws is left out. */
    public List<Page> all() {
        List<Page> pages = new ArrayList<>();
        for (Source source : sources) {
            try {
                pages.add(new Page(source.page(), source.page().schema(), source.owner()));
            } catch (RuntimeException | Error broken) {
                log.warn("A settings page of {} is broken", source.owner(), broken);
                conduct.failed(source.owner(), broken);
            }
        }
        pages.sort(Comparator.comparing((Page page) -> !page.owner().isEmpty())
                .thenComparing(page -> page.schema().order())
                .thenComparing(page -> page.schema().title()));
        return pages;
    }
}
