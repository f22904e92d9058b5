/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import dev.berth.api.engine.Signal;
import dev.berth.api.error.EngineException;
import java.util.List;
import java.util.Optional;

/** Sends signals to processes of containers. */
public final class Signals {

    private final Elevation elevation;

    /** @param elevation gives the right to */
    public Signals(Elevation elevation) {
        this.elevation = elevation;
    }

    /** Sends a signal; nothing happens when the process is gone. */
    public void send(long pid, Signal signal) throws EngineException, InterruptedException {
        // The JDK knows when the process started and so never hits another one with the same number.
        Optional<ProcessHandle> process = elevation.rootless() ? Optional.empty() : ProcessHandle.of(pid);
        if (process.isPresent() && (signal == Signal.KILL || signal == Signal.TERM)) {
            if (signal == Signal.KILL) {
                process.get().destroyForcibly();
            } else {
                process.get().destroy();
            }
            return;
        }
        Commands.run(
                elevation.command(List.of("kill", "-" + signal.number(), Long.toString(pid))), "", Commands.TIMEOUT);
    }
}
