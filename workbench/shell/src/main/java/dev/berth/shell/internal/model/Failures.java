/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.error.BerthException;
import dev.berth.shell.internal.kit.Texts;

/** Errors of the window itself. */
public final class Failures {

    private Failures() {}

    /** A programming error, for a person. */
    public static BerthException bug(Throwable cause) {
        return new BerthException("shell.bug", Texts.of("error.bug"), cause);
    }
}
