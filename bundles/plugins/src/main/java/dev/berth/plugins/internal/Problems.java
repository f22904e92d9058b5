/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The ways in which plugins fail their checks. */
final class Problems {

    private Problems() {}

    static BerthException invalid(String code, String summary, String advice, @Nullable Throwable cause) {
        return new BerthException(
                code,
                ErrorKind.INVALID,
                summary,
                cause == null ? "" : cause.toString(),
                advice.isEmpty() ? Remedy.NONE : Remedy.advice(advice),
                cause);
    }

    static BerthException unknown(String name) {
        return invalid(
                "plugin.unknown",
                "No plugin named " + name + " is installed.",
                "berth plugin ls lists those that are.",
                null);
    }

    static BerthException disk(IOException cause) {
        return new BerthException("plugin.io", "The plugins in the Berth home cannot be changed: " + cause, cause);
    }
}
