/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * An entry of a folder, as a pane shows it.
 *
 * @param folder whether it can be entered
 */
record Item(String name, boolean folder, long size, Instant modified) {

    /** Folders first, then by name as people read it. */
    static final Comparator<Item> ORDER = Comparator.comparing((Item it) -> !it.folder())
            .thenComparing(it -> it.name().toLowerCase(Locale.ROOT))
            .thenComparing(Item::name);
}
