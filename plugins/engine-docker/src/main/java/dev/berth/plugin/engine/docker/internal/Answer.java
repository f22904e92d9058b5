/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;

/**
 * What the engine answered.
 *
 * @param message the engine's own words when it refused
 */
record Answer(int status, Json json, String message) {

    private static final int NOT_FOUND = 404;

    boolean ok() {
        return status < 400;
    }

    boolean notFound() {
        return status == NOT_FOUND;
    }

    /** Itself if the engine did what it was asked. */
    Answer orFail(String what) throws EngineException {
        if (!ok()) {
            throw failure("engine.refused", what);
        }
        return this;
    }

    EngineException failure(String code, String what) {
        return new EngineException(
                code,
                ErrorKind.FAILED,
                what + (message.isEmpty() ? "" : " The engine says: " + message),
                "status " + status,
                Remedy.NONE,
                null);
    }
}
