/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The ways in which updates fail. */
final class Problems {

    private static final String FROM_SITE = "Ask those who run the update site, or install Berth from its package.";

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

    /** The site answers with something that must not be trusted or cannot be used. */
    static BerthException refused(String summary, @Nullable Throwable cause) {
        return new BerthException(
                "update.refused",
                ErrorKind.FAILED,
                summary,
                cause == null ? "" : cause.toString(),
                Remedy.advice(FROM_SITE),
                cause);
    }

    static BerthException unreachable(String address, IOException cause) {
        return new BerthException(
                "update.unreachable",
                ErrorKind.FAILED,
                "The update site " + address + " cannot be read: " + cause.getMessage(),
                cause.toString(),
                Remedy.advice("Check the address and the network, then try again."),
                cause);
    }

    static BerthException disk(IOException cause) {
        return new BerthException(
                "update.io",
                ErrorKind.FAILED,
                "The updates in the Berth home cannot be changed: " + cause.getMessage(),
                cause.toString(),
                Remedy.advice("Check that the disk has room and that the folder can be written to."),
                cause);
    }
}
