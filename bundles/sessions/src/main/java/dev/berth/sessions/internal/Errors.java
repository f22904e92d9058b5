/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.SessionException;
import java.io.IOException;

/** The errors that several classes here throw. */
final class Errors {

    private Errors() {}

    static SessionException unknown(String idOrName) {
        return new SessionException(
                "session.unknown",
                ErrorKind.INVALID,
                "There is no session named " + idOrName + ".",
                "",
                Remedy.advice("berth session ls lists the sessions."),
                null);
    }

    static SessionException notRunning(SessionRecord record) {
        return new SessionException(
                "session.notRunning",
                ErrorKind.FAILED,
                "The session " + record.name() + " does not run.",
                record.failure(),
                Remedy.advice("Start it again with berth session start --again " + record.name() + "."),
                null);
    }

    static SessionException files(IOException cause) {
        return new SessionException(
                "session.files",
                ErrorKind.FAILED,
                "The files of the session cannot be read or written: " + cause.getMessage(),
                String.valueOf(cause),
                Remedy.advice("Check the space left and the permissions of the Berth home."),
                cause);
    }

    static SessionException wrap(BerthException error) {
        return error instanceof SessionException same
                ? same
                : new SessionException(
                        error.code(), error.kind(), error.summary(), error.detail(), error.remedy(), error);
    }
}
