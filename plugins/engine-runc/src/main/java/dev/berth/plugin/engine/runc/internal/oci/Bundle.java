/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.Resources;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code config.json} of the OCI runtime specification 1.0 for a container. */
public final class Bundle {

    private static final long PERIOD_MICROSECONDS = 100_000;
    /** Browsers keep their pictures in shared memory; the usual 64 MiB make them crash. */
    private static final long SHARED_MEMORY_BYTES = 1L << 30;

    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final ContainerRecord record;
    private final ContainerFiles files;
    private final HostFeatures host;

    /**
     * What this host lets a container have.
     *
     * @param rootless whether the runtime runs inside a user namespace of ours
     * @param limits whether control groups can be used
     * @param swapLimit whether memory and swap can be limited together
     * @param cgroupParent absolute path of the control group that all of this home's containers are in
     */
    public record HostFeatures(boolean rootless, boolean limits, boolean swapLimit, String cgroupParent) {}

    /** The configuration of a container on a host. */
    public Bundle(ContainerRecord record, ContainerFiles files, HostFeatures host) {
        this.record = record;
        this.files = files;
        this.host = host;
    }

    /** The JSON text. */
    public String json(GuestUser user) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(record.image().environment());
        environment.putAll(record.spec().environment());
        if (systemd()) {
            // By this systemd knows that it is not alone on the machine (systemd's "Container Interface").
            environment.put("container", "oci");
        }
        return Json.text(Json.object(
                "ociVersion",
                "1.0.2",
                "process",
                ProcessConfig.of(record.command(), environment, user, record.workingFolder(), Optional.empty()),
                "root",
                Json.object("path", files.rootfs().toString(), "readonly", false),
                "hostname",
                record.hostname(),
                "mounts",
                mounts(),
                "linux",
                linux()));
    }

    private boolean systemd() {
        return record.spec().init() == ContainerSpec.Init.SYSTEMD;
    }

    private Map<String, Object> linux() throws IOException {
        List<Map<String, Object>> namespaces = new ArrayList<>();
        for (String type : List.of("pid", "ipc", "uts", "mount")) {
            namespaces.add(Json.object("type", type));
        }
        if (host.limits()) {
            namespaces.add(Json.object("type", "cgroup"));
        }
        if (record.spec().network().kind() == NetworkSpec.Kind.NONE) {
            namespaces.add(Json.object("type", "network"));
        } else {
            // The supervisor's own. It must be named here: runc runs later commands in the namespaces that it was told
            // of, and in the host's where it was told of none.
            namespaces.add(
                    Json.object("type", "network", "path", files.network().toString()));
        }
        Map<String, Object> linux = Json.object("namespaces", namespaces);
        if (host.limits()) {
            linux.put("cgroupsPath", host.cgroupParent() + "/" + record.spec().id());
            linux.put("resources", resources(record.spec().resources()));
        }
        linux.put("seccomp", Seccomp.profile());
        linux.put("maskedPaths", MASKED);
        linux.put("readonlyPaths", READ_ONLY);
        return linux;
    }

    private Map<String, Object> resources(Resources limits) {
        Map<String, Object> resources = new LinkedHashMap<>();
        if (!host.rootless()) {
            resources.put("devices", devices());
        }
        if (limits.memoryBytes() > 0) {
            Map<String, Object> memory = Json.object("limit", limits.memoryBytes());
            if (host.swapLimit()) {
                memory.put("swap", limits.memoryBytes());
            }
            resources.put("memory", memory);
        }
        if (limits.cpus() > 0) {
            resources.put(
                    "cpu",
                    Json.object(
                            "quota", Math.round(limits.cpus() * PERIOD_MICROSECONDS), "period", PERIOD_MICROSECONDS));
        }
        if (limits.processes() > 0) {
            resources.put("pids", Json.object("limit", limits.processes()));
        }
        return resources;
    }

    /** The runtime adds the rules of the default devices itself; making nodes is harmless, opening them is not. */
    private static List<Map<String, Object>> devices() {
        return List.of(
                Json.object("allow", false, "access", "rwm"),
                Json.object("allow", true, "type", "c", "access", "m"),
                Json.object("allow", true, "type", "b", "access", "m"));
    }

    private List<Map<String, Object>> mounts() {
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"));
        mounts.add(mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"));
        mounts.add(mount(
                "/dev/pts",
                "devpts",
                "devpts",
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620",
                "gid=5"));
        mounts.add(mount(
                "/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=" + SHARED_MEMORY_BYTES));
        mounts.add(mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"));
        mounts.add(mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"));
        if (host.limits()) {
            boolean unified = Cgroups.version() == Cgroups.Version.V2;
            String write = systemd() && unified ? "rw" : "ro";
            mounts.add(mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", write));
            if (systemd() && !unified) {
                // Of version 1, systemd needs to write to the hierarchy that bears its name, and limits nothing by it.
                mounts.add(ownGroup(Cgroups.SYSTEMD));
            }
        }
        if (systemd()) {
            mounts.add(mount("/run", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=755"));
            mounts.add(mount("/run/lock", "tmpfs", "tmpfs", "nosuid", "nodev", "noexec", "mode=755"));
        }
        mounts.add(bind(files.hosts(), "/etc/hosts", false));
        mounts.add(bind(files.hostname(), "/etc/hostname", false));
        mounts.add(bind(files.resolvConf(), "/etc/resolv.conf", false));
        mounts.add(bind(record.spec().runtimeFolder(), "/run/berth", false));
        for (Mount mount : record.spec().mounts()) {
            mounts.add(
                    switch (mount.kind()) {
                        case BIND -> bind(Path.of(mount.source()), mount.target(), mount.readOnly());
                        case VOLUME -> bind(files.volume(mount.source()), mount.target(), mount.readOnly());
                        case TMPFS -> tmpfs(mount);
                        case DEVICE -> throw new IllegalArgumentException("refused when it was made: " + mount);
                    });
        }
        return mounts;
    }

    /** The container's own part of a hierarchy, for it to write to. */
    private Map<String, Object> ownGroup(Path hierarchy) {
        String own = hierarchy + host.cgroupParent() + "/" + record.spec().id();
        return mount(hierarchy.toString(), "bind", own, "bind", "rprivate", "nosuid", "noexec", "nodev", "rw");
    }

    private static Map<String, Object> tmpfs(Mount mount) {
        List<String> options = new ArrayList<>(List.of("nosuid", "nodev", mount.readOnly() ? "ro" : "rw", "mode=1777"));
        if (mount.sizeBytes() > 0) {
            options.add("size=" + mount.sizeBytes());
        }
        return Json.object("destination", mount.target(), "type", "tmpfs", "source", "tmpfs", "options", options);
    }

    /**
     * As root without what is mounted below the source, so that nosuid, nodev and read-only hold for all that can be
     * seen. In a user namespace the kernel allows only the whole tree, and set-user-id programs have no power there.
     */
    private Map<String, Object> bind(Path source, String target, boolean readOnly) {
        return mount(
                target,
                "bind",
                source.toString(),
                host.rootless() ? "rbind" : "bind",
                "rprivate",
                "nosuid",
                "nodev",
                readOnly ? "ro" : "rw");
    }

    private static Map<String, Object> mount(String target, String type, String source, String... options) {
        return Json.object("destination", target, "type", type, "source", source, "options", List.of(options));
    }
}
