/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.error.BerthException;
import dev.berth.shell.internal.kit.Texts;

/** Errors of the window itself, and of what plugins put into it. */
public final class Failures {

    private Failures() {}

    /** A programming error, for a person. */
    public static BerthException bug(Throwable cause) {
        return cause instanceof PluginFailure failure
                ? new BerthException("plugin.failed", Texts.of("error.plugin", failure.plugin()), cause)
                : new BerthException("shell.bug", Texts.of("error.bug"), cause);
    }
}
