/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import dev.berth.api.engine.Resources;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control groups of one process, whichever version the host has (cgroups(7)). */
public final class Cgroups {

    /** Where hosts that mix both versions mount the second one. */
    public static final Path UNIFIED_OF_HYBRID = Path.of("/sys/fs/cgroup/unified");

    /** Of version 1, the hierarchy without a controller that systemd keeps its units in. */
    public static final Path SYSTEMD = Path.of("/sys/fs/cgroup/systemd");

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROSECONDS = 100_000;
    /** What version 1 shows for "no limit": the highest page-aligned number. */
    private static final long NO_LIMIT = Long.MAX_VALUE / 4096 * 4096;

    /** What the host mounts at {@code /sys/fs/cgroup}. */
    public enum Version {
        /** Version 2 alone. */
        V2,
        /** Version 1, with or without an empty second hierarchy. */
        V1,
        /** Nothing usable. */
        NONE
    }

    private final boolean unified;
    private final Map<String, Path> folders;

    private Cgroups(boolean unified, Map<String, Path> folders) {
        this.unified = unified;
        this.folders = folders;
    }

    /** What this host has. */
    public static Version version() {
        if (Files.exists(ROOT.resolve("cgroup.controllers"))) {
            return Version.V2;
        }
        return Files.isDirectory(ROOT.resolve("memory")) ? Version.V1 : Version.NONE;
    }

    /** Whether memory and swap can be limited together. */
    public static boolean limitsSwap() {
        return version() == Version.V2 || Files.exists(ROOT.resolve("memory/memory.memsw.limit_in_bytes"));
    }

    /** The control groups of a process; empty when it is gone. */
    public static Optional<Cgroups> of(long pid) {
        Optional<String> text = Proc.read(Path.of("/proc", Long.toString(pid), "cgroup"));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean unified = version() == Version.V2;
        Map<String, Path> folders = new HashMap<>();
        for (String line : text.get().split("\n")) {
            String[] fields = line.split(":", 3);
            if (fields.length < 3 || fields[2].contains("..")) {
                continue;
            }
            String path = fields[2].replaceFirst("^/+", "");
            if (fields[1].isEmpty()) {
                if (unified) {
                    folders.put("", ROOT.resolve(path));
                }
            } else if (!unified) {
                for (String controller : fields[1].split(",")) {
                    Path mount = ROOT.resolve(controller.replace("name=", ""));
                    folders.put(controller, mount.resolve(path));
                }
            }
        }
        return Optional.of(new Cgroups(unified, folders));
    }

    /** Whether the process is in a control group of a given name, and so in one of ours. */
    public boolean within(String parent) {
        return folders.values().stream()
                .anyMatch(folder -> ROOT.relativize(folder).toString().contains(parent));
    }

    /** Whether it is frozen. */
    public boolean frozen() {
        return unified
                ? value("", "cgroup.freeze").filter("1"::equals).isPresent()
                : value("freezer", "freezer.state")
                        .filter(state -> !state.equals("THAWED"))
                        .isPresent();
    }

    /** Freezes or thaws; returns before the last process has stopped. */
    public void freeze(boolean frozen) throws IOException {
        if (unified) {
            write("", "cgroup.freeze", frozen ? "1" : "0");
        } else {
            write("freezer", "freezer.state", frozen ? "FROZEN" : "THAWED");
        }
    }

    /** Sets the limits; 0 takes a limit away. */
    public void limit(Resources limits) throws IOException {
        String processes = limits.processes() > 0 ? Long.toString(limits.processes()) : "max";
        String quota = Long.toString(Math.round(limits.cpus() * PERIOD_MICROSECONDS));
        if (unified) {
            String memory = limits.memoryBytes() > 0 ? Long.toString(limits.memoryBytes()) : "max";
            write("", "memory.max", memory);
            if (Files.exists(folder("").resolve("memory.swap.max"))) {
                write("", "memory.swap.max", limits.memoryBytes() > 0 ? "0" : "max");
            }
            write("", "cpu.max", (limits.cpus() > 0 ? quota : "max") + " " + PERIOD_MICROSECONDS);
            write("", "pids.max", processes);
            return;
        }
        String memory = limits.memoryBytes() > 0 ? Long.toString(limits.memoryBytes()) : "-1";
        boolean swap = Files.exists(folder("memory").resolve("memory.memsw.limit_in_bytes"));
        // The limit of both together may never be below that of memory alone, on the way neither.
        if (swap) {
            write("memory", "memory.memsw.limit_in_bytes", "-1");
        }
        write("memory", "memory.limit_in_bytes", memory);
        if (swap) {
            write("memory", "memory.memsw.limit_in_bytes", memory);
        }
        write("cpu", "cpu.cfs_period_us", Long.toString(PERIOD_MICROSECONDS));
        write("cpu", "cpu.cfs_quota_us", limits.cpus() > 0 ? quota : "-1");
        write("pids", "pids.max", processes);
    }

    /** Processor time in microseconds, or -1. */
    public long cpuMicroseconds() {
        return unified ? keyed("", "cpu.stat", "usage_usec") : number("cpuacct", "cpuacct.usage", 1000);
    }

    /** Memory in use without caches that can be dropped at once, or -1. */
    public long memoryBytes() {
        long used = unified ? number("", "memory.current", 1) : number("memory", "memory.usage_in_bytes", 1);
        long droppable = unified
                ? keyed("", "memory.stat", "inactive_file")
                : keyed("memory", "memory.stat", "total_inactive_file");
        return used < 0 ? -1 : Math.max(0, used - Math.max(0, droppable));
    }

    /** The memory limit, or 0. */
    public long memoryLimitBytes() {
        long limit = unified ? number("", "memory.max", 1) : number("memory", "memory.limit_in_bytes", 1);
        return limit < 0 || limit >= NO_LIMIT ? 0 : limit;
    }

    /** How many processes and threads, or -1. */
    public long processes() {
        return unified ? number("", "pids.current", 1) : number("pids", "pids.current", 1);
    }

    /** Bytes read from block devices, or -1. */
    public long readBytes() {
        return blockBytes("rbytes", "Read");
    }

    /** Bytes written to block devices, or -1. */
    public long writtenBytes() {
        return blockBytes("wbytes", "Write");
    }

    private long blockBytes(String key, String operation) {
        Optional<String> text =
                unified ? value("", "io.stat") : value("blkio", "blkio.throttle.io_service_bytes_recursive");
        if (text.isEmpty()) {
            return -1;
        }
        long sum = 0;
        for (String line : text.get().split("\n")) {
            String[] words = line.split(" ");
            for (int i = 0; i < words.length; i++) {
                if (unified && words[i].startsWith(key + "=")) {
                    sum += parse(words[i].substring(key.length() + 1));
                } else if (!unified && i == 1 && words[i].equals(operation) && words.length > 2) {
                    sum += parse(words[2]);
                }
            }
        }
        return sum;
    }

    /** Removes the group of that name at the top of each hierarchy, unless something is in it. */
    public static void removeEmpty(String name) {
        List<Path> tops = new ArrayList<>(List.of(ROOT));
        try (DirectoryStream<Path> hierarchies = Files.newDirectoryStream(ROOT)) {
            hierarchies.forEach(tops::add);
        } catch (IOException e) {
            return;
        }
        for (Path top : tops) {
            try {
                Files.deleteIfExists(top.resolve(name));
            } catch (IOException e) {
                // Something is in it: the kernel refuses.
            }
        }
    }

    private Path folder(String controller) throws IOException {
        Path folder = folders.get(controller);
        if (folder == null) {
            throw new IOException("no control group for " + (controller.isEmpty() ? "version 2" : controller));
        }
        return folder;
    }

    private void write(String controller, String file, String value) throws IOException {
        Files.writeString(folder(controller).resolve(file), value);
    }

    private Optional<String> value(String controller, String file) {
        Path folder = folders.get(controller);
        return folder == null
                ? Optional.empty()
                : Proc.read(folder.resolve(file)).map(String::strip);
    }

    private long number(String controller, String file, long divisor) {
        return value(controller, file).map(Cgroups::parse).filter(n -> n >= 0).orElse(-divisor) / divisor;
    }

    private long keyed(String controller, String file, String key) {
        for (String line : value(controller, file).orElse("").split("\n")) {
            if (line.startsWith(key + " ")) {
                return parse(line.substring(key.length() + 1).strip());
            }
        }
        return -1;
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
