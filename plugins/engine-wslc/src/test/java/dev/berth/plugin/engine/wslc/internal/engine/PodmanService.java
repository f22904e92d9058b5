/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A real Podman service with storage of its own, in a mount namespace of its own: what it mounts goes with it. Its bridges
 * are made in the network namespace of the test, where published ports are to be reached.
 */
final class PodmanService implements AutoCloseable {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Path folder;
    private final Process process;
    private final Path socket;
    private final List<String> rulesBefore;

    private PodmanService(Path folder, Process process, Path socket, List<String> rulesBefore) {
        this.folder = folder;
        this.process = process;
        this.socket = socket;
        this.rulesBefore = rulesBefore;
    }

    /** Starts it; the folder must be of a file system that overlays can be made on. */
    static PodmanService start(Path folder, boolean networks) throws Exception {
        // Without networks it has no rules: those that are there by then are of a test beside this one.
        List<String> rules = networks ? rules() : List.of("another's");
        Path socket = folder.resolve("podman.sock");
        Path configuration = folder.resolve("containers.conf");
        // An ordinary test machine may not raise its limits, and Podman's defaults would.
        Files.writeString(configuration, """
                [containers]
                default_ulimits = ["nofile=%1$s:%1$s", "nproc=%2$s:%2$s"]
                [engine]
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                events_logfile_path = "%3$s/events.log"
                static_dir = "%3$s/root/libpod"
                volume_path = "%3$s/root/volumes"
                [network]
                network_config_dir = "%3$s/networks"
                """.formatted(limit("-n"), Math.min(32_768, limit("-u")), folder));
        // crun wants no second hierarchy of control groups beside the first; hosts that have both do not use it.
        String script = "if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified 2>/dev/null"
                + " || mount -t tmpfs none /sys/fs/cgroup/unified; fi; exec \"$@\"";
        ProcessBuilder builder = new ProcessBuilder(
                "unshare",
                "-m",
                "--propagation",
                "slave",
                "sh",
                "-c",
                script,
                "sh",
                "podman",
                "--root",
                folder.resolve("root").toString(),
                "--runroot",
                folder.resolve("run").toString(),
                "--tmpdir",
                folder.resolve("run/libpod").toString(),
                "--storage-driver",
                "overlay",
                "system",
                "service",
                "--time",
                "0",
                "unix://" + socket);
        builder.environment().put("CONTAINERS_CONF", configuration.toString());
        builder.environment()
                .put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile());
        Process process = builder.start();
        PodmanService service = new PodmanService(folder, process, socket, rules);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.exists(socket)) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("podman system service: %s", Files.readString(folder.resolve("service.log")))
                    .isTrue();
            Thread.sleep(10);
        }
        return service;
    }

    Path socket() {
        return socket;
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("service.log"));
    }

    private static long limit(String option) throws Exception {
        String text = output("sh", "-c", "ulimit -H " + option + " 2>/dev/null || bash -c 'ulimit -H " + option + "'");
        return text.strip().matches("[0-9]+") ? Long.parseLong(text.strip()) : 1_048_576;
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static List<String> rules() throws Exception {
        return output("iptables-save")
                .lines()
                .filter(line -> line.contains("NETAVARK"))
                .toList();
    }

    /** Ends it and looks whether anything of it is left. */
    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        // Podman keeps the monitor of an ended command for five minutes, for who may yet ask how it ended.
        for (Map.Entry<Long, String> one : processes().entrySet()) {
            if (one.getValue().contains("--exit-delay")) {
                ProcessHandle.of(one.getKey()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!processes().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(processes()).as("processes").isEmpty();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(folder.toString());
        if (rulesBefore.isEmpty()) {
            // Podman leaves its empty chains; nobody else uses them here.
            removeRules();
        }
    }

    private static void removeRules() throws Exception {
        for (String table : List.of("nat", "filter")) {
            List<String> lines = output("iptables-save", "-t", table).lines().toList();
            for (String line : lines) {
                if (line.startsWith("-A ") && line.contains("NETAVARK") && !line.startsWith("-A NETAVARK")) {
                    // As iptables-save quotes it, so a shell reads it.
                    output("sh", "-c", "iptables -t " + table + " -D " + line.substring(3));
                }
            }
            for (String line : lines) {
                if (line.startsWith(":NETAVARK")) {
                    String chain = line.substring(1, line.indexOf(' '));
                    output("iptables", "-t", table, "-F", chain);
                }
            }
            for (String line : lines) {
                if (line.startsWith(":NETAVARK")) {
                    output("iptables", "-t", table, "-X", line.substring(1, line.indexOf(' ')));
                }
            }
        }
    }

    private Map<Long, String> processes() throws IOException {
        Map<Long, String> found = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path one : all) {
                String command = "";
                try {
                    command = Files.readString(one.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' ');
                } catch (IOException e) {
                    // It has ended.
                }
                long pid = Long.parseLong(one.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && command.contains(folder.toString())) {
                    found.put(pid, command);
                }
            }
        }
        return found;
    }
}
