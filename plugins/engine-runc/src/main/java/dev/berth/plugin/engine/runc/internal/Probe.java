/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Looks at the host: what is there for containers, and what each lack costs. */
final class Probe {

    private final Engine engine;
    private final List<HostCheck> checks = new ArrayList<>();
    private final Set<EngineCapability> capabilities = EnumSet.noneOf(EngineCapability.class);

    Probe(Engine engine) {
        this.engine = engine;
    }

    EngineReport report() throws InterruptedException {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return new EngineReport(
                    false,
                    "",
                    "OCI runtimes need a Linux host.",
                    Set.of(),
                    List.of(new HostCheck(
                            "Linux", HostCheck.Status.NOT_APPLICABLE, "This host does not run Linux.", Remedy.NONE)));
        }
        rights();
        overlay();
        tools();
        Optional<OciRuntime> runtime = runtime();
        runtime.ifPresent(this::cgroups);
        seccomp();
        network();
        boolean usable = checks.stream().noneMatch(check -> check.status() == HostCheck.Status.MISSING);
        if (!usable) {
            String first = checks.stream()
                    .filter(check -> check.status() == HostCheck.Status.MISSING)
                    .map(HostCheck::detail)
                    .findFirst()
                    .orElse("");
            return new EngineReport(false, "", first, Set.of(), checks);
        }
        capabilities.addAll(List.of(
                EngineCapability.OUTLIVES_BERTH, EngineCapability.BIND_MOUNTS, EngineCapability.SHARED_UNIX_SOCKETS));
        if (engine.elevation().rootless()) {
            capabilities.add(EngineCapability.ROOTLESS);
        }
        String version = runtime.map(OciRuntime::version).orElse("");
        return new EngineReport(
                true,
                version,
                version + (engine.elevation().rootless() ? ", rootless" : ", as root"),
                capabilities,
                checks);
    }

    private void rights() {
        if (!engine.elevation().rootless()) {
            checks.add(HostCheck.ok("rights", "Berth runs as root."));
            return;
        }
        Optional<EngineException> missing = engine.elevation().missing();
        checks.add(missing.map(error ->
                        new HostCheck("user namespaces", HostCheck.Status.MISSING, error.summary(), error.remedy()))
                .orElseGet(() -> HostCheck.ok("user namespaces", "Containers run without any right of root.")));
    }

    private Optional<OciRuntime> runtime() throws InterruptedException {
        try {
            OciRuntime runtime = engine.runtimes().choose();
            String detail = runtime.version() + " at " + runtime.program()
                    + (runtime.hideUnified() ? ", with the second control group hierarchy hidden from it" : "")
                    + (runtime.reason().isEmpty() ? "." : "; not taken: " + runtime.reason() + ".");
            checks.add(HostCheck.ok("OCI runtime", detail));
            return Optional.of(runtime);
        } catch (EngineException e) {
            Engine.LOG.debug("No runtime: {}", e.detail());
            checks.add(new HostCheck("OCI runtime", HostCheck.Status.MISSING, e.summary(), e.remedy()));
            return Optional.empty();
        }
    }

    private void cgroups(OciRuntime runtime) {
        if (runtime.limits()) {
            capabilities.addAll(List.of(
                    EngineCapability.RESOURCE_LIMITS, EngineCapability.LIVE_RESOURCE_LIMITS, EngineCapability.PAUSE));
            if (runtime.runsSystemd()) {
                capabilities.add(EngineCapability.SYSTEMD);
            }
            checks.add(HostCheck.ok(
                    "control groups",
                    Cgroups.version() == Cgroups.Version.V2
                            ? "Version 2."
                            : "Version 1"
                                    + (Files.isDirectory(Cgroups.UNIFIED_OF_HYBRID)
                                            ? " with a part of version 2."
                                            : ".")));
        } else {
            checks.add(new HostCheck(
                    "control groups",
                    HostCheck.Status.LIMITED,
                    "They cannot be used here: no limits of memory, processors and processes, and no pause.",
                    Remedy.NONE));
        }
    }

    private void overlay() {
        boolean known = Proc.read(Path.of("/proc/filesystems")).orElse("").contains("\toverlay\n");
        if (known || Files.isDirectory(Path.of("/sys/module/overlay"))) {
            checks.add(HostCheck.ok("overlay file system", "The kernel has it."));
        } else {
            checks.add(new HostCheck(
                    "overlay file system",
                    HostCheck.Status.LIMITED,
                    "The kernel has not loaded it yet; it does so on first use if it can.",
                    Remedy.command("Load the kernel module.", "modprobe", "overlay")));
        }
    }

    private void tools() {
        List<String> missing = new ArrayList<>();
        for (String tool : List.of("sh", "setsid", "unshare", "nsenter", "mount", "umount")) {
            if (Commands.find(tool).isEmpty()) {
                missing.add(tool);
            }
        }
        if (missing.isEmpty()) {
            checks.add(HostCheck.ok("util-linux", "unshare, nsenter, setsid and mount are there."));
        } else {
            checks.add(new HostCheck(
                    "util-linux",
                    HostCheck.Status.MISSING,
                    "Programs are missing: " + String.join(", ", missing) + ".",
                    Remedy.installPackages("util-linux", "mount")));
        }
        if (Commands.find("tar").isPresent()) {
            capabilities.add(EngineCapability.EXPORT_CHANGES);
            checks.add(HostCheck.ok("tar", "Changes of containers can be kept as layers."));
        } else {
            checks.add(new HostCheck(
                    "tar",
                    HostCheck.Status.LIMITED,
                    "Without it images cannot be built and snapshots not be exported.",
                    Remedy.installPackages("tar")));
        }
    }

    private void seccomp() {
        boolean there = Proc.read(Path.of("/proc/self/status")).orElse("").contains("Seccomp_filters:")
                || Files.exists(Path.of("/proc/sys/kernel/seccomp/actions_avail"));
        checks.add(
                there
                        ? HostCheck.ok("seccomp", "System calls of containers are filtered.")
                        : new HostCheck(
                                "seccomp",
                                HostCheck.Status.LIMITED,
                                "The kernel cannot filter system calls: containers are less well shut in.",
                                Remedy.NONE));
    }

    private void network() {
        List<String> packages = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        need("ip", "iproute2", missing, packages);
        need("nft", "nftables", missing, packages);
        need("slirp4netns", "slirp4netns", missing, packages);
        Path tunnel = Path.of("/dev/net/tun");
        if (Files.exists(tunnel) && !Files.isWritable(tunnel)) {
            checks.add(new HostCheck(
                    "network",
                    HostCheck.Status.LIMITED,
                    "Containers have no way out: this user may not open " + tunnel + ".",
                    Remedy.command("Let users open it.", "chmod", "666", tunnel.toString())));
            return;
        }
        if (!Files.exists(tunnel)) {
            missing.add(tunnel.toString());
        }
        if (missing.isEmpty()) {
            capabilities.addAll(List.of(
                    EngineCapability.OUTGOING_NETWORK,
                    EngineCapability.NAMED_NETWORKS,
                    EngineCapability.PUBLISHED_PORTS));
            checks.add(HostCheck.ok("network", "Containers reach the outside through slirp4netns."));
        } else {
            checks.add(new HostCheck(
                    "network",
                    HostCheck.Status.LIMITED,
                    "Containers have no way out without " + String.join(", ", missing) + ".",
                    packages.isEmpty() ? Remedy.NONE : Remedy.installPackages(packages.toArray(new String[0]))));
        }
    }

    private static void need(String program, String from, List<String> missing, List<String> packages) {
        if (Commands.find(program).isEmpty()) {
            missing.add(program);
            packages.add(from);
        }
    }
}
