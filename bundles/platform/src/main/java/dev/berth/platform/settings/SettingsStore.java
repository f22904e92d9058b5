/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.settings;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.Registration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Settings of this Berth home, page by page: {@code settings/<page>.json}. A service. Any thread; reading is from
 * memory, refreshed when another process changed the file.
 */
@ProviderType
public interface SettingsStore {

    /**
     * How the names of pages begin that say whom this home trusts, such as keys of displays. {@link #exportTo} leaves them out and {@link #importFrom}
     * takes none: settings that somebody passes on must not decide that.
     */
    String TRUST = "trust.";

    /**
     * The values of a page. Values are strings, booleans, longs, doubles, and lists and maps of those.
     *
     * @param page letters, digits, dots and hyphens
     */
    Map<String, Object> page(String page);

    /** Changes some values of a page; a null value removes its key. Other keys stay as they are. */
    void update(String page, Map<String, ?> changes) throws BerthException;

    /** Tells of each page that changed, with its values, on a worker thread. */
    Registration onChange(String page, Consumer<Map<String, Object>> listener);

    /** The file behind a page; it need not exist. */
    Path file(String page);

    /** Writes all pages but those of {@link #TRUST} into one JSON document: an object of pages, each an object of values. Blocks. */
    void exportTo(Path document) throws BerthException;

    /**
     * Takes over the values of a document that {@link #exportTo} wrote; values that it does not have stay. Blocks.
     *
     * @return the pages that were taken over
     */
    List<String> importFrom(Path document) throws BerthException;
}
