/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.status;

import java.util.Objects;

/**
 * What a status widget shows.
 *
 * @param text short; empty together with an empty icon hides the widget
 * @param icon a name in the icon theme; empty for none
 * @param tooltip one sentence; empty for none
 * @param commandId the command that a click runs; empty for none
 * @param trailing whether it stands at the end of the bar
 * @param priority lower stands further out, and stays when room is short
 */
public record StatusItem(String text, String icon, String tooltip, String commandId, boolean trailing, int priority) {

    public StatusItem {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(tooltip, "tooltip");
        Objects.requireNonNull(commandId, "commandId");
    }
}
