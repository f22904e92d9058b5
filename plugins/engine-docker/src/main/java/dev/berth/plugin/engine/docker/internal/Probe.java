/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Looks at an engine: what it is, where it runs, what it can do. */
final class Probe {

    /** An engine of this machine that needs longer is stuck. */
    private static final Duration LOCAL = Duration.ofSeconds(5);
    /** A way over a network, and logging in. */
    private static final Duration REMOTE = Duration.ofSeconds(15);

    private final Api api;
    private final List<HostCheck> checks = new ArrayList<>();
    private final Set<EngineCapability> capabilities = EnumSet.of(
            EngineCapability.OUTLIVES_BERTH,
            EngineCapability.EXPORT_CHANGES,
            EngineCapability.OUTGOING_NETWORK,
            EngineCapability.NAMED_NETWORKS,
            EngineCapability.OWN_IMAGE_STORE);

    Probe(Api api) {
        this.api = api;
    }

    EngineReport report() throws InterruptedException {
        Server server;
        Host host;
        try {
            api.forget();
            server = api.server(api.transport().onThisMachine() ? LOCAL : REMOTE);
            host = Host.ask(api);
        } catch (EngineException e) {
            return missing(e.summary(), e.remedy());
        }
        if (server.podman() && !server.atLeast(4, 0)) {
            return missing(
                    server + " is too old: Berth needs Podman 4 or newer.", Remedy.advice("Install a newer Podman."));
        }
        checks.add(HostCheck.ok("engine", server + " at " + api.transport().describe() + "."));
        place(host);
        limits(server, host);
        return new EngineReport(
                true,
                server.toString(),
                server + " at " + api.transport().describe() + (host.rootless() ? ", rootless" : ""),
                capabilities,
                checks);
    }

    private static EngineReport missing(String summary, Remedy remedy) {
        return new EngineReport(
                false,
                "",
                summary,
                Set.of(),
                List.of(new HostCheck("engine", HostCheck.Status.MISSING, summary, remedy)));
    }

    private void place(Host host) {
        if (host.rootless()) {
            capabilities.add(EngineCapability.ROOTLESS);
            capabilities.add(EngineCapability.FUSE);
        }
        if (host.here()) {
            capabilities.add(EngineCapability.BIND_MOUNTS);
            checks.add(HostCheck.ok("folders", "Folders of this host can be mounted."));
        } else {
            checks.add(new HostCheck(
                    "folders",
                    HostCheck.Status.LIMITED,
                    "Containers run on another machine: folders of this one cannot be mounted; display and sound come"
                            + " through the engine's connection.",
                    Remedy.NONE));
        }
        if (host.sharesFolders()) {
            capabilities.add(EngineCapability.SHARED_UNIX_SOCKETS);
        }
        if (api.transport().onThisMachine()) {
            capabilities.add(EngineCapability.PUBLISHED_PORTS);
        }
    }

    private void limits(Server server, Host host) {
        Json info = host.info();
        boolean limited =
                info.get("MemoryLimit").isTrue() && info.get("PidsLimit").isTrue();
        if (limited) {
            capabilities.add(EngineCapability.RESOURCE_LIMITS);
            // Podman 4 changes them, but goes on to tell the old ones.
            if (!server.podman() || server.atLeast(5, 0)) {
                capabilities.add(EngineCapability.LIVE_RESOURCE_LIMITS);
            }
            checks.add(HostCheck.ok("control groups", "Limits of memory, processors and processes hold."));
        } else {
            checks.add(new HostCheck(
                    "control groups",
                    HostCheck.Status.LIMITED,
                    "The engine cannot limit memory and processes on its host.",
                    Remedy.NONE));
        }
        if (!host.rootless() || info.get("CgroupVersion").text().equals("2")) {
            capabilities.add(EngineCapability.PAUSE);
        }
    }
}
