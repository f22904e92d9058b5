/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.task.TaskContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses among the engines that are there. */
final class Engines {

    private Engines() {}

    /** An engine with what it found out about itself. */
    record Usable(ContainerEngine engine, EngineReport report) {}

    static Optional<ContainerEngine> find(List<ContainerEngine> engines, String id) {
        return engines.stream().filter(engine -> engine.id().equals(id)).findFirst();
    }

    /**
     * The engine to use.
     *
     * @param preferred the id of the one that the person set, taken when none is wanted and it is usable; may be empty
     * @param wanted its id; empty for the most preferred one that is usable
     * @throws EngineException if it is not usable, or none is
     */
    static Usable choose(List<ContainerEngine> engines, String wanted, String preferred, TaskContext context)
            throws EngineException, InterruptedException {
        List<ContainerEngine> candidates = engines.stream()
                .filter(engine -> wanted.isEmpty() || engine.id().equals(wanted))
                .sorted(Comparator.comparing(
                                (ContainerEngine engine) -> !engine.id().equals(preferred))
                        .thenComparing(Comparator.comparingInt(ContainerEngine::preference)
                                .reversed()))
                .toList();
        if (candidates.isEmpty()) {
            List<String> known = engines.stream().map(ContainerEngine::id).toList();
            throw wanted.isEmpty()
                    ? new EngineException(
                            "engine.none",
                            ErrorKind.MISSING,
                            "No plugin that runs containers is there.",
                            "",
                            Remedy.advice("Run berth doctor."),
                            null)
                    : new EngineException(
                            "engine.unknown",
                            ErrorKind.INVALID,
                            "There is no engine named " + wanted + ".",
                            "known: " + known,
                            Remedy.advice("Use one of: " + String.join(", ", known)),
                            null);
        }
        EngineException first = null;
        for (ContainerEngine engine : candidates) {
            EngineReport report = engine.probe(context);
            if (report.usable()) {
                return new Usable(engine, report);
            }
            if (first == null) {
                first = missing(engine, report);
            }
        }
        throw first == null ? new EngineException("engine.none", "No engine is usable.", null) : first;
    }

    private static EngineException missing(ContainerEngine engine, EngineReport report) {
        Remedy remedy = report.checks().stream()
                .filter(check -> (check.status() == HostCheck.Status.MISSING
                                || check.status() == HostCheck.Status.NOT_APPLICABLE)
                        && !check.fix().isNone())
                .map(HostCheck::fix)
                .findFirst()
                .orElse(Remedy.advice("Run berth doctor --install."));
        return new EngineException(
                "engine.missing",
                ErrorKind.MISSING,
                engine.title() + " cannot run containers here: " + report.summary(),
                "",
                remedy,
                null);
    }
}
