/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.task.Registration;
import dev.berth.api.ui.settings.SettingsValues;
import dev.berth.platform.settings.SettingsStore;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The settings as plugins see them. */
@Component(service = SettingsValues.class)
public final class StoredValues implements SettingsValues {

    private final SettingsStore store;

    /** For the framework. */
    @Activate
    public StoredValues(@Reference SettingsStore store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> page(String page) {
        return store.page(page);
    }

    @Override
    public Registration onChange(String page, Consumer<Map<String, Object>> listener) {
        return store.onChange(page, listener);
    }
}
