/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins;

import java.util.Objects;

/**
 * A plugin in the home.
 *
 * @param info what it says of itself
 * @param state how it stands in this Berth
 * @param problem why it does not run, in a sentence; empty when it does or is not asked to
 * @param source where it was installed from; empty when it was put there by hand
 * @param canRollBack whether the version before is kept
 */
public record InstalledPlugin(PluginInfo info, State state, String problem, String source, boolean canRollBack) {

    /** How a plugin stands. */
    public enum State {
        /** Its services are there. */
        RUNNING,
        /** It is enabled and does not run; the problem says why. */
        FAILED,
        /** The person has switched it off. */
        DISABLED
    }

    public InstalledPlugin {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(source, "source");
    }
}
