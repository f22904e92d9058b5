/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.io.IOException;

/** What goes wrong, in words. */
final class Failures {

    private Failures() {}

    /** The connection ended without our doing, or the server broke the rules. */
    static DisplayException lost(String where, IOException e) {
        if (e instanceof RfbException) {
            return broken(where, e);
        }
        return new DisplayException(
                "display.lost",
                ErrorKind.FAILED,
                "The connection to the display " + where + " was lost.",
                String.valueOf(e),
                Remedy.advice("Connect again; if the session has ended, start it again."),
                e);
    }

    /** The server broke the rules. */
    static DisplayException broken(String where, Throwable e) {
        return new DisplayException(
                "display.protocol",
                ErrorKind.FAILED,
                "The display " + where + " sent something that makes no sense.",
                String.valueOf(e),
                Remedy.advice("Connect again; if it happens again, report it with the server's name and version."),
                e);
    }
}
