/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to run containers that was found to work on this host.
 *
 * @param program absolute path of crun or runc
 * @param version as it tells it: {@code crun 1.8.1}
 * @param hideUnified whether {@code /sys/fs/cgroup/unified} must be hidden from it
 * @param options that stand before the subcommand
 * @param limits whether it can use control groups
 * @param reason why nothing better was taken; empty for the best
 */
record OciRuntime(
        String program, String version, boolean hideUnified, List<String> options, boolean limits, String reason) {

    OciRuntime {
        options = List.copyOf(options);
    }

    /** Whether systemd can be a container's first process: it needs control groups of its own to write to. */
    boolean runsSystemd() {
        return limits && (Cgroups.version() == Cgroups.Version.V2 || Files.isDirectory(Cgroups.SYSTEMD));
    }

    /** A command line of it. */
    List<String> command(String state, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program, "--root", state));
        command.addAll(options);
        command.addAll(List.of(arguments));
        return command;
    }
}
