/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.settings;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** What the person has set, for the plugin that a page belongs to. A service of Berth's. */
@ProviderType
@AnyThread
public interface SettingsValues {

    /**
     * The values of a page that differ from their defaults, from memory. They come from a file: check their types and
     * ranges. Values are strings, booleans, whole and other numbers, and lists and maps of those.
     *
     * @param page as in {@link SettingsSchema#page}
     */
    Map<String, Object> page(String page);

    /** Tells of each change of a page, with its values, on a worker thread. */
    Registration onChange(String page, Consumer<Map<String, Object>> listener);
}
