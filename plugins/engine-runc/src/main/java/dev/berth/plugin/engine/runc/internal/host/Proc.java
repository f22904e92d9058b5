/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Processes of this host as /proc shows them (proc(5)). */
public final class Proc {

    private static final Path ROOT = Path.of("/proc");
    private static final int START_TIME = 19;

    private Proc() {}

    /** The id of this boot of the host. */
    public static String bootId() {
        return read(ROOT.resolve("sys/kernel/random/boot_id")).orElse("unknown").strip();
    }

    /**
     * When a process started, in clock ticks since boot; a pid with its start time never means another process.
     *
     * @return empty if there is no such process, or only its zombie
     */
    public static Optional<String> startTime(long pid) {
        List<String> fields = stat(pid);
        if (fields.size() <= START_TIME
                || fields.get(0).equals("Z")
                || fields.get(0).equals("X")) {
            return Optional.empty();
        }
        return Optional.of(fields.get(START_TIME));
    }

    /** Whether the process of that start time lives. */
    public static boolean alive(long pid, String startTime) {
        return startTime(pid).filter(startTime::equals).isPresent();
    }

    /** Whether a process is the first one of a pid namespace below ours. */
    public static boolean isNamespaceInit(long pid) {
        if (startTime(pid).isEmpty()) {
            return false;
        }
        for (String line : read(ROOT.resolve(pid + "/status")).orElse("").split("\n")) {
            if (line.startsWith("NSpid:")) {
                String[] pids = line.substring(6).strip().split("\\s+");
                return pids.length > 1 && pids[pids.length - 1].equals("1");
            }
        }
        return false;
    }

    /** The program that a process runs, as the kernel names it; empty when it cannot be seen. */
    public static String program(long pid) {
        try {
            return Files.readSymbolicLink(ROOT.resolve(pid + "/exe")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** The short name of a process; empty when it is gone. */
    public static String name(long pid) {
        return read(ROOT.resolve(pid + "/comm")).orElse("").strip();
    }

    /** A small file as text; empty when it cannot be read. */
    public static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The fields of /proc/PID/stat from the third on: the name in brackets may hold anything. */
    private static List<String> stat(long pid) {
        String line = read(ROOT.resolve(pid + "/stat")).orElse("");
        int bracket = line.lastIndexOf(')');
        return bracket < 0
                ? List.of()
                : List.of(line.substring(bracket + 1).strip().split(" "));
    }
}
