/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.host.HostProbe;
import dev.berth.api.task.TaskContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the plugins need from this host, and how to get what is missing. */
final class HostSetup {

    private static final String APT = "apt-get";

    private final Services services;
    private final Console console;

    HostSetup(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    /** A check and the plugin that made it. */
    record Finding(String plugin, HostCheck check) {}

    /**
     * What was found.
     *
     * @param ok whether nothing that is needed is missing: one usable engine is enough
     */
    record Report(boolean ok, List<Finding> findings) {}

    Report look(TaskContext context) throws InterruptedException {
        Map<String, Finding> findings = new LinkedHashMap<>();
        boolean usable = false;
        boolean ok = true;
        for (ContainerEngine engine : services.engines()) {
            EngineReport report = engine.probe(context);
            usable |= report.usable();
            for (HostCheck check : report.checks()) {
                put(findings, "engine-" + engine.id(), check);
            }
        }
        Set<String> engines = Set.copyOf(services.engines().stream()
                .map(engine -> "engine-" + engine.id())
                .toList());
        for (HostProbe probe : services.probes()) {
            for (HostCheck check : probe.check(context)) {
                put(findings, probe.plugin(), check);
                ok &= check.status() != HostCheck.Status.MISSING || engines.contains(probe.plugin());
            }
        }
        if (services.engines().isEmpty()) {
            put(
                    findings,
                    "berth",
                    new HostCheck(
                            "engine",
                            HostCheck.Status.MISSING,
                            "No plugin that runs containers is installed.",
                            Remedy.NONE));
        }
        return new Report(ok && usable, List.copyOf(findings.values()));
    }

    private static void put(Map<String, Finding> findings, String plugin, HostCheck check) {
        findings.putIfAbsent(plugin + "\n" + check.name(), new Finding(plugin, check));
    }

    /**
     * The host commands that bring what is missing, merged: one for all packages.
     *
     * @param all whether also what Berth can do without
     */
    static List<List<String>> commands(Report report, boolean all) {
        Set<String> packages = new LinkedHashSet<>();
        Set<List<String>> others = new LinkedHashSet<>();
        for (Finding finding : report.findings()) {
            HostCheck check = finding.check();
            boolean wanted =
                    check.status() == HostCheck.Status.MISSING || all && check.status() == HostCheck.Status.LIMITED;
            List<String> command = check.fix().hostCommand();
            if (!wanted || command.isEmpty()) {
                continue;
            }
            if (command.size() > 2
                    && command.get(0).equals(APT)
                    && command.get(1).equals("install")) {
                command.stream().skip(2).filter(word -> !word.startsWith("-")).forEach(packages::add);
            } else {
                others.add(command);
            }
        }
        List<List<String>> commands = new ArrayList<>();
        if (!packages.isEmpty()) {
            commands.add(List.of(APT, "update"));
            List<String> install = new ArrayList<>(List.of(APT, "install", "-y", "--no-install-recommends"));
            install.addAll(packages);
            commands.add(install);
        }
        commands.addAll(others);
        return commands;
    }

    /**
     * Runs host commands, after asking.
     *
     * @param yes whether the person has agreed already
     * @return whether they were run
     */
    boolean run(List<List<String>> commands, boolean yes) throws BerthException, IOException, InterruptedException {
        console.note("To get what is missing, Berth would run:");
        List<List<String>> full = new ArrayList<>();
        for (List<String> command : commands) {
            full.add(privileged(command));
            console.note("  " + Console.commandLine(privileged(command)));
        }
        if (!yes) {
            if (!Terminal.isTerminal(0)) {
                return false;
            }
            if (!console.ask("Run it?")) {
                return false;
            }
        }
        for (List<String> command : full) {
            execute(command);
        }
        return true;
    }

    private static List<String> privileged(List<String> command) {
        if ("root".equals(System.getProperty("user.name")) || !onPath("sudo")) {
            return command;
        }
        List<String> with = new ArrayList<>(List.of("sudo"));
        with.addAll(command);
        return with;
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }

    /** Runs it with its output on stderr, since stdout is for results. */
    private void execute(List<String> command) throws BerthException, IOException, InterruptedException {
        console.note("+ " + Console.commandLine(command));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            byte[] buffer = new byte[8192];
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                console.err().write(buffer, 0, n);
                console.err().flush();
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new BerthException(
                        "host.install",
                        ErrorKind.MISSING,
                        command.get(0) + " failed with status " + status + ".",
                        Console.commandLine(command),
                        Remedy.advice("Run it by hand to see why."),
                        null);
            }
        } finally {
            process.destroy();
        }
    }
}
