/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.settings;

import dev.berth.platform.settings.SettingsStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** The window's own settings, read with their defaults. Any thread. */
public final class Preferences {

    /** The page of the window's look and behaviour. */
    public static final String WORKBENCH = "workbench";

    /** The page of desktops. */
    public static final String DESKTOP = "desktop";

    /** The page of shortcuts: command id to shortcut. */
    public static final String KEYS = "keys";
    /** Which engine runs sessions; the sessions read it too. */
    public static final String ENGINES = "engines";

    private final SettingsStore store;

    /** Reads from a store. */
    public Preferences(SettingsStore store) {
        this.store = store;
    }

    /** A text. */
    public String text(String page, String key, String fallback) {
        return store.page(page).get(key) instanceof String text ? text : fallback;
    }

    /** A switch. */
    public boolean flag(String page, String key, boolean fallback) {
        return store.page(page).get(key) instanceof Boolean flag ? flag : fallback;
    }

    /** The person's shortcuts. */
    public Map<String, String> shortcuts() {
        Map<String, String> own = new LinkedHashMap<>();
        store.page(KEYS).forEach((id, value) -> {
            if (value instanceof String text) {
                own.put(id, text);
            }
        });
        return own;
    }
}
