/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import dev.berth.api.engine.TerminalSize;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code process} of the OCI runtime specification: for the first process and for every command run later. */
public final class ProcessConfig {

    /** The capabilities that Docker gives a container by default. */
    static final List<String> CAPABILITIES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE");

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final long MOST_FILES = 524_288;
    private static final long FILES = 1024;

    private ProcessConfig() {}

    /** The process of a command. */
    public static Map<String, Object> of(
            List<String> command,
            Map<String, String> environment,
            GuestUser user,
            String workingFolder,
            Optional<TerminalSize> terminal) {
        // The kernel takes effective capabilities away from a user that is not root at the exec; the set must say so
        // too, or the runtime would hand them over as ambient ones.
        List<String> effective = user.uid() == 0 ? CAPABILITIES : List.of();
        Map<String, Object> process = Json.object("terminal", terminal.isPresent());
        terminal.ifPresent(
                size -> process.put("consoleSize", Json.object("height", size.rows(), "width", size.columns())));
        process.put("user", user.json());
        process.put("args", command);
        process.put("env", environment(environment, user, terminal.isPresent()));
        process.put("cwd", workingFolder.isEmpty() ? "/" : workingFolder);
        process.put(
                "capabilities", Json.object("bounding", CAPABILITIES, "effective", effective, "permitted", effective));
        process.put("rlimits", limits());
        process.put("noNewPrivileges", false);
        return process;
    }

    private static List<String> environment(Map<String, String> given, GuestUser user, boolean terminal) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PATH", PATH);
        all.put("HOME", user.home());
        if (terminal) {
            all.put("TERM", "xterm-256color");
        }
        all.putAll(given);
        List<String> pairs = new ArrayList<>();
        all.forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs;
    }

    /** Never above what this process may have: raising a hard limit needs CAP_SYS_RESOURCE. */
    private static List<Map<String, Object>> limits() {
        long hard = Math.min(MOST_FILES, hardFileLimit());
        return List.of(Json.object("type", "RLIMIT_NOFILE", "soft", Math.min(FILES, hard), "hard", hard));
    }

    private static long hardFileLimit() {
        for (String line : Proc.read(Path.of("/proc/self/limits")).orElse("").split("\n")) {
            if (line.startsWith("Max open files")) {
                String[] words =
                        line.substring("Max open files".length()).strip().split("\\s+");
                return words[1].equals("unlimited") ? MOST_FILES : Long.parseLong(words[1]);
            }
        }
        return FILES;
    }
}
