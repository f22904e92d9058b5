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

    private final Map<StatusWidget, Registration> widgets = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Adds a widget. */
    public Registration add(StatusWidget widget) {
        Registration listening;
        try {
            listening = widget.onChange(this::changed);
        } catch (RuntimeException | LinkageError broken) {
            log.warn("A status widget is broken", broken);
            return () -> {};
        }
        widgets.put(widget, listening);
        changed();
        return () -> {
            Registration last = widgets.remove(widget);
            if (last != null) {
                last.close();
            }
            changed();
        };
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
        for (StatusWidget widget : widgets.keySet()) {
            try {
                StatusItem item = widget.item();
                if (!item.text().isEmpty() || !item.icon().isEmpty()) {
                    items.add(item);
                }
            } catch (RuntimeException | LinkageError broken) {
                log.warn("A status widget is broken", broken);
            }
        }
        items.sort(Comparator.comparingInt(StatusItem::priority));
        return items;
    }
}
