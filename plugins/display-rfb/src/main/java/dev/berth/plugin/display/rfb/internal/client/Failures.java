/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.io.IOException;
import java.time.Duration;

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

    /** The server did not get through the beginning of a connection in time. */
    static DisplayException silent(String where, Duration patience) {
        return new DisplayException(
                "display.silent",
                ErrorKind.FAILED,
                "The display " + where + " answers, but not as a VNC server does in the time that is reasonable.",
                "the handshake was not over after " + patience,
                Remedy.advice("Check that the server runs and is not frozen, and that the port is that of a display."),
                null);
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
