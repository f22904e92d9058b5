/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.Icon;
import javax.swing.JComponent;

/** Where tabs stand. What does the docking is behind this, so that it can be replaced. */
@OnEdt
interface Dock {

    /** What holds the tabs. */
    JComponent component();

    /**
     * Adds a tab and brings it to the front.
     *
     * @param onClose asked for when the person closes the tab; null for a tab that stays
     */
    void add(JComponent view, String title, Icon icon, @org.jspecify.annotations.Nullable Runnable onClose);

    /** Changes what stands on a tab. */
    void update(JComponent view, String title, Icon icon);

    /** Takes a tab away. */
    void remove(JComponent view);

    /** Brings a tab to the front. */
    void select(JComponent view);

    /** The tab in front, of the side that was used last. */
    Optional<JComponent> selected();

    /** All tabs. */
    List<JComponent> views();

    /** Moves the tab in front to the other side; there are two sides then, until one is empty. */
    void split();

    /** Tells which tab came to the front. */
    void onSelect(Consumer<Optional<JComponent>> listener);
}
