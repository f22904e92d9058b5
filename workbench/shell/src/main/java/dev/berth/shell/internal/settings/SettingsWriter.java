/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.settings;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnEdt;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.shell.internal.model.Background;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Saves changes in their order, one write at a time; of several to one value only the last is written. */
@OnEdt
public final class SettingsWriter {

    private final SettingsStore store;
    private final Background background;
    private final Consumer<BerthException> failed;
    private final Map<String, Map<String, @Nullable Object>> waiting = new LinkedHashMap<>();
    private boolean writing;

    /** Writes to a store on a worker. */
    public SettingsWriter(SettingsStore store, Background background, Consumer<BerthException> failed) {
        this.store = store;
        this.background = background;
        this.failed = failed;
    }

    /** Saves a value; null takes it away, so that its default counts. */
    public void put(String page, String key, @Nullable Object value) {
        waiting.computeIfAbsent(page, name -> new HashMap<>()).put(key, value);
        next();
    }

    private void next() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        String page = waiting.keySet().iterator().next();
        Map<String, @Nullable Object> changes = waiting.remove(page);
        background.ask(
                () -> {
                    if (changes != null) {
                        store.update(page, changes);
                    }
                    return true;
                },
                done -> {
                    writing = false;
                    next();
                },
                error -> {
                    writing = false;
                    failed.accept(error);
                    next();
                });
    }
}
