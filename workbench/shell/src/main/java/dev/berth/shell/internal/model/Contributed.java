/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

/** What plugins and the window itself contribute, besides tool windows and themes, and how it behaves. */
public record Contributed(CommandRegistry commands, SettingsPages pages, StatusWidgets status, Conduct conduct) {

    /** Nothing yet. */
    public Contributed() {
        this(new Conduct());
    }

    private Contributed(Conduct conduct) {
        this(new CommandRegistry(conduct), new SettingsPages(conduct), new StatusWidgets(conduct), conduct);
    }
}
