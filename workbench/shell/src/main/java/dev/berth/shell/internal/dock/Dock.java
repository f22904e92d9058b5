/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import dev.berth.api.task.OnEdt;
import java.awt.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** Where tabs stand. What does the docking is behind this, so that it can be replaced. */
@OnEdt
public interface Dock {

    /** What holds the tabs of the main window. */
    JComponent component();

    /**
     * Adds a tab and brings it to the front.
     *
     * @param onClose asked for when the person closes the tab; null for a tab that stays
     */
    void add(JComponent view, String title, Icon icon, @Nullable Runnable onClose);

    /** Changes what stands on a tab. */
    void update(JComponent view, String title, Icon icon);

    /** Takes a tab away. */
    void remove(JComponent view);

    /** Brings a tab to the front. */
    void select(JComponent view);

    /** The tab in front, of the area that was used last. */
    Optional<JComponent> selected();

    /** All tabs, also of torn-off windows. */
    List<JComponent> views();

    /** Moves a tab into an area of its own beside its neighbours, or below them; nothing happens when it has none. */
    void split(JComponent view, boolean below);

    /** Moves a tab into a window of its own, or back into the main window. */
    void tearOff(JComponent view);

    /** Whether a tab is in a window of its own. */
    boolean isTornOff(JComponent view);

    /** Pins a tab: it stands first, and closes only when it is asked to itself. */
    void pin(JComponent view, boolean pinned);

    /** Whether a tab is pinned. */
    boolean isPinned(JComponent view);

    /** Closes all tabs but one and those that are pinned. */
    void closeOthers(JComponent view);

    /** Puts all tabs beside each other in the main window. */
    void reset();

    /**
     * The arrangement, as settings keep it.
     *
     * @param key names a tab; tabs with an empty name are left out
     */
    Map<String, Object> save(Function<JComponent, String> key);

    /**
     * Arranges the tabs as they were saved; tabs that are not there are passed over, and others stay.
     *
     * @param saved comes from a file: what is not as it should be is passed over
     */
    void arrange(Map<?, ?> saved, Function<String, Optional<JComponent>> view);

    /** Whether a window is one of the dock's own. */
    boolean owns(Window window);

    /** Tells which tab came to the front. */
    void onSelect(Consumer<Optional<JComponent>> listener);

    /** Says which small picture shows while the pointer rests on a tab that is not in front. */
    void pictures(Function<JComponent, Optional<Icon>> of);

    /** Takes away the windows. */
    void dispose();
}
