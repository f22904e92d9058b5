/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.host.HostCheck;
import dev.berth.api.host.HostProbe;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the plugins need from this host and what of it is there. */
public final class HostChecks {

    private final List<ContainerEngine> engines = new CopyOnWriteArrayList<>();
    private final List<HostProbe> probes = new CopyOnWriteArrayList<>();

    /** A check and the plugin that made it. */
    public record Finding(String plugin, HostCheck check) {}

    /**
     * What was found.
     *
     * @param ready whether desktops can be run: one usable engine is enough
     */
    public record Report(boolean ready, List<Finding> findings) {

        /** What is not as it should be, the worst first; of what is missing for good nothing is said when Berth can do without. */
        public List<Finding> problems() {
            return findings.stream()
                    .filter(finding -> finding.check().status() == HostCheck.Status.MISSING
                            || finding.check().status() == HostCheck.Status.LIMITED)
                    .sorted((one, other) ->
                            other.check().status().compareTo(one.check().status()))
                    .toList();
        }
    }

    /** An engine and what it found out about itself. */
    public record EngineState(String id, String title, EngineReport report) {}

    /** The engines that are there, the most preferred first, by their ids, with their titles. */
    public Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        sorted().forEach(engine -> titles.put(engine.id(), engine.title()));
        return titles;
    }

    /** Asks all engines again. */
    @OnWorker
    public List<EngineState> engines(TaskContext context) throws InterruptedException {
        List<EngineState> states = new ArrayList<>();
        for (ContainerEngine engine : sorted()) {
            states.add(new EngineState(engine.id(), engine.title(), engine.probe(context)));
        }
        return states;
    }

    private List<ContainerEngine> sorted() {
        return engines.stream()
                .sorted(Comparator.comparingInt(ContainerEngine::preference).reversed())
                .toList();
    }

    /** An engine came. */
    public void add(ContainerEngine engine) {
        engines.add(engine);
    }

    /** An engine went. */
    public void remove(ContainerEngine engine) {
        engines.remove(engine);
    }

    /** A probe came. */
    public void add(HostProbe probe) {
        probes.add(probe);
    }

    /** A probe went. */
    public void remove(HostProbe probe) {
        probes.remove(probe);
    }

    /** Looks again. */
    @OnWorker
    public Report look(TaskContext context) throws InterruptedException {
        Map<String, Finding> findings = new LinkedHashMap<>();
        boolean ready = false;
        for (ContainerEngine engine : engines) {
            EngineReport report = engine.probe(context);
            ready |= report.usable();
            for (HostCheck check : report.checks()) {
                put(findings, "engine-" + engine.id(), check);
            }
        }
        for (HostProbe probe : probes) {
            for (HostCheck check : probe.check(context)) {
                put(findings, probe.plugin(), check);
            }
        }
        return new Report(ready, List.copyOf(findings.values()));
    }

    private static void put(Map<String, Finding> findings, String plugin, HostCheck check) {
        findings.putIfAbsent(plugin + "\n" + check.name(), new Finding(plugin, check));
    }
}
