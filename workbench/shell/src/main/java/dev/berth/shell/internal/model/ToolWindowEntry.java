/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.ui.toolwindow.ToolWindowFactory;
import dev.berth.api.ui.toolwindow.ToolWindowSide;

/**
 * A tool window that can be shown.
 *
 * @param owner the plugin that it came from; empty for the window's own
 */
public record ToolWindowEntry(
        String id,
        String title,
        String icon,
        ToolWindowSide side,
        int order,
        boolean shown,
        String owner,
        ToolWindowFactory factory) {}
