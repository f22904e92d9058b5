/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether an engine left anything outside its folders. */
final class Leftovers {

    private Leftovers() {}

    static void requireNone(RuncEngine engine, Path home) throws Exception {
        engine.cleanUp(TaskContext.silent());
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!processes(home).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(processes(home)).as("processes").isEmpty();
        assertThat(Proc.read(Path.of("/proc/self/mountinfo")).orElse("")).doesNotContain(home.toString());
        String mark = new EngineHome(home.resolve("home")).mark();
        try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(Path.of("/sys/fs/cgroup"))) {
            for (Path hierarchy : hierarchies) {
                assertThat(hierarchy.resolve(mark)).doesNotExist();
            }
        }
    }

    private static List<String> processes(Path home) {
        List<String> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String command = Proc.read(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .orElse("")
                    .replace('\0', ' ');
            if (process.pid() != ProcessHandle.current().pid() && command.contains(home.toString())) {
                found.add(process.pid() + " " + command.substring(0, Math.min(command.length(), 120)));
            }
        }
        return found;
    }
}
