/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.errors;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import java.util.Optional;

/** What a command of WSL did not do, as an error that a person understands. */
public final class Failures {

    private Failures() {}

    /**
     * The error of a command that failed.
     *
     * @param what one sentence about what was tried, with its full stop
     */
    public static EngineException of(String code, String what, Program.Outcome outcome) {
        Optional<HResult> known = HResult.in(outcome.error() + "\n" + outcome.out());
        return of(code, what, known, outcome.detail());
    }

    /** The error for a code of Windows. */
    public static EngineException of(String code, String what, int hresult, String detail) {
        return of(code, what, Optional.of(HResult.of(hresult)), detail);
    }

    private static EngineException of(String code, String what, Optional<HResult> known, String detail) {
        return new EngineException(
                code,
                known.map(HResult::missing).orElse(false) ? ErrorKind.MISSING : ErrorKind.FAILED,
                known.map(one -> what + " " + one.summary()).orElse(what),
                known.map(one -> one + "\n").orElse("") + detail,
                known.map(HResult::remedy).orElse(Remedy.NONE),
                null);
    }
}
