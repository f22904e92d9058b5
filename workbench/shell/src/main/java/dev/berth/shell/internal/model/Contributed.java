/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

/** What plugins and the window itself contribute, besides tool windows and themes. */
public record Contributed(CommandRegistry commands, SettingsPages pages, StatusWidgets status) {

    /** Nothing yet. */
    public Contributed() {
        this(new CommandRegistry(), new SettingsPages(), new StatusWidgets());
    }
}
