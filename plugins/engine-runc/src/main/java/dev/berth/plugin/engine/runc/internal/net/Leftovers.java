/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processes that a killed router left behind. */
final class Leftovers {

    private Leftovers() {}

    /** Whether a process is a part of the router in that folder: its shells and holder by where they are, slirp4netns by its socket. */
    static boolean belongsTo(long pid, String folder) {
        List<String> command = List.of(Proc.read(Path.of("/proc", Long.toString(pid), "cmdline"))
                .orElse("")
                .split("\0"));
        if (command.contains(folder + "/uplink.sock")) {
            return command.get(0).endsWith("slirp4netns");
        }
        String program = command.get(0);
        if (!program.equals("sh") && !program.equals("sleep") && !program.equals("unshare")) {
            return false;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .toString()
                    .equals(folder);
        } catch (IOException e) {
            return false;
        }
    }
}
