/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import javax.swing.Icon;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** A tab, wherever it stands. */
final class TabState {

    final JComponent view;
    final @Nullable Runnable close;
    private final Icon pin;
    String title;
    Icon icon;
    boolean pinned;

    TabState(JComponent view, String title, Icon icon, Icon pin, @Nullable Runnable close) {
        this.view = view;
        this.title = title;
        this.icon = icon;
        this.pin = pin;
        this.close = close;
    }

    Icon shownIcon() {
        return pinned ? pin : icon;
    }
}
