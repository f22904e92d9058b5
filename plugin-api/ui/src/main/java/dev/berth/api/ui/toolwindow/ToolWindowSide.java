/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.toolwindow;

/** Where a tool window stands until the person moves it. */
public enum ToolWindowSide {
    /** Left of the desktops. */
    LEFT,
    /** Right of the desktops. */
    RIGHT,
    /** Below the desktops. */
    BOTTOM
}
