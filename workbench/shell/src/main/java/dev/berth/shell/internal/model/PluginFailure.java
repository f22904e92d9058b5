/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

/** What a contribution threw, and whose it is. */
public final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String plugin;

    /** The plugin is not empty. */
    public PluginFailure(String plugin, Throwable cause) {
        super(plugin, cause);
        this.plugin = plugin;
    }

    /** Its symbolic name. */
    public String plugin() {
        return plugin;
    }
}
