/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.status.StatusItem;
import dev.berth.api.ui.status.StatusWidget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What plugins show in the status bar. */
@AnyThread
public final class StatusWidgets {

    private static final Logger log = LoggerFactory.getLogger(StatusWidgets.class);

    private final Map<StatusWidget, Source> widgets = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Conduct conduct;

    private record Source(String owner, Registration listening) {}

    /** Empty. */
    public StatusWidgets(Conduct conduct) {
        this.conduct = conduct;
    }

    /** Adds a widget of a plugin. */
    public Registration add(StatusWidget widget, String owner) {
        Registration listening;
        try {
            listening = widget.onChange(this::changed);
        } catch (RuntimeException | Error broken) {
            log.warn("A status widget of {} is broken", owner, broken);
            conduct.failed(owner, broken);
            return () -> {};
        }
        widgets.put(widget, new Source(owner, listening));
        changed();
        return () -> {
            Source last = widgets.remove(widget);
            if (last != null) {
                leave(last);
            }
            changed();
        };
    }

    private void leave(Source source) {
        try {
            source.listening().close();
        } catch (RuntimeException | Error broken) {
            log.warn("A status widget of {} does not close", source.owner(), broken);
            conduct.failed(source.owner(), broken);
        }
    }

    private void changed() {
        Edt.runLater(() -> listeners.forEach(Runnable::run));
    }

    /** Tells of each change, on the event thread. */
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** What to show now, the innermost last. */
    public List<StatusItem> items() {
        List<StatusItem> items = new ArrayList<>();
        for (Map.Entry<StatusWidget, Source> each : widgets.entrySet()) {
            try {
                StatusItem item = each.getKey().item();
                if (!item.text().isEmpty() || !item.icon().isEmpty()) {
                    items.add(item);
                }
            } catch (RuntimeException | Error broken) {
                log.warn("A status widget of {} is broken", each.getValue().owner(), broken);
                conduct.failed(each.getValue().owner(), broken);
            }
        }
        items.sort(Comparator.comparingInt(StatusItem::priority));
        return items;
    }
}
