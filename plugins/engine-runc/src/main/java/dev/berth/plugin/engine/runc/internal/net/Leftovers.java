/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.nio.file.Path;
import java.util.List;

/** Processes that a killed router left behind. */
final class Leftovers {

    private Leftovers() {}

    /** Whether a process is a part of the router in that folder: all its processes have that in their environment. */
    static boolean belongsTo(long pid, Path folder) {
        String environment =
                Proc.read(Path.of("/proc", Long.toString(pid), "environ")).orElse("");
        return List.of(environment.split("\0")).contains("BERTH_ROUTER=" + folder);
    }
}
