/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import dev.berth.plugin.engine.wslc.internal.errors.Lack;
import dev.berth.plugin.engine.wslc.internal.sdk.SdkCheck;
import dev.berth.plugin.engine.wslc.internal.text.Listings;
import dev.berth.plugin.engine.wslc.internal.text.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks whether WSL containers are there. Starts no virtual machine. */
final class Probe {

    /** The first that has sessions and a command line as Berth uses it. */
    static final Version OLDEST = new Version(2, 9, 3);

    /** A command that only looks at itself. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Set<EngineCapability> CAPABILITIES = Set.of(
            EngineCapability.OUTLIVES_BERTH,
            EngineCapability.BIND_MOUNTS,
            EngineCapability.EXPORT_CHANGES,
            EngineCapability.OUTGOING_NETWORK,
            EngineCapability.NAMED_NETWORKS,
            EngineCapability.PUBLISHED_PORTS,
            EngineCapability.ROOTLESS,
            EngineCapability.OWN_IMAGE_STORE);

    private final Wslc wslc;
    private final Duration limit;

    /** @param limit after which a command is given up */
    Probe(Wslc wslc, Duration limit) {
        this.wslc = wslc;
        this.limit = limit;
    }

    EngineReport report() throws InterruptedException {
        Optional<Lack> lack = wslc.lack();
        if (lack.isPresent()) {
            return missing(lack.get());
        }
        try {
            Program.Outcome outcome = wslc.run(limit, List.of("version", "--format", "json"));
            if (!outcome.ok()) {
                return failed(outcome, Lack.NOT_UNDERSTOOD);
            }
            Optional<Version> version = Listings.version(outcome.out());
            if (version.isEmpty()) {
                return missing(Lack.NOT_UNDERSTOOD);
            }
            if (!version.get().atLeast(OLDEST)) {
                return missing(Lack.TOO_OLD);
            }
            // The version is told by the command alone; this asks the service.
            Program.Outcome sessions = wslc.run(limit, List.of("system", "session", "list"));
            return sessions.ok() ? usable(version.get(), library()) : failed(sessions, Lack.SILENT);
        } catch (EngineException e) {
            return missing(e.code().equals("engine.timeout") ? Lack.SILENT : Lack.CANNOT_BE_RUN);
        }
    }

    /** What the library says, if the person named one. */
    private List<HostCheck> library() throws InterruptedException {
        String library = wslc.settings().library();
        return library.isEmpty() ? List.of() : List.of(SdkCheck.look(library));
    }

    private EngineReport usable(Version version, List<HostCheck> more) {
        String where = wslc.settings().command().isEmpty()
                ? ""
                : " (" + wslc.settings().command().get(0) + ")";
        String title = "WSL containers " + version + where;
        boolean gpu = wslc.settings().gpu();
        List<HostCheck> checks = new ArrayList<>(List.of(
                HostCheck.ok("wslc", title + "."),
                new HostCheck(
                        "limits",
                        HostCheck.Status.LIMITED,
                        "Memory and processors of containers are limited; the number of processes cannot be.",
                        Remedy.NONE),
                new HostCheck(
                        "freezing",
                        HostCheck.Status.LIMITED,
                        "Containers cannot be frozen, nor run systemd.",
                        Remedy.NONE),
                HostCheck.ok(
                        "graphics processor",
                        gpu
                                ? "Containers get the graphics processor where this computer has one for them."
                                : "Switched off in the settings.")));
        checks.addAll(more);
        return new EngineReport(true, version.toString(), title, CAPABILITIES, checks);
    }

    private static EngineReport failed(Program.Outcome outcome, Lack otherwise) {
        Optional<HResult> code = HResult.in(outcome.error() + "\n" + outcome.out());
        return code.map(known ->
                        missing(new HostCheck("wslc", HostCheck.Status.MISSING, known.summary(), known.remedy())))
                .orElseGet(() -> missing(otherwise));
    }

    private static EngineReport missing(Lack lack) {
        return missing(lack.check());
    }

    private static EngineReport missing(HostCheck check) {
        return new EngineReport(false, "", check.detail(), Set.of(), List.of(check));
    }
}
