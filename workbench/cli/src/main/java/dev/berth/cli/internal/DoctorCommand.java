/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.host.HostCheck;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code berth doctor}: what each plugin needs from this host, what is missing, and what dead processes left. */
@picocli.CommandLine.Command(
        name = "doctor",
        description =
                "Shows what each plugin needs from this host and what is missing; mends what killed processes left.")
final class DoctorCommand extends Command {

    private static final int MISSING = 3;

    @Option(names = "--install", description = "Installs what is missing, after asking.")
    boolean install;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    boolean yes;

    @Override
    int run() throws BerthException, IOException, InterruptedException {
        HostSetup setup = new HostSetup(services(), console());
        HostSetup.Report report = setup.look(TaskContext.silent());
        if (install) {
            List<List<String>> commands = HostSetup.commands(report, true);
            if (commands.isEmpty()) {
                console().note("Nothing is missing that could be installed.");
            } else if (setup.run(commands, yes)) {
                report = setup.look(TaskContext.silent());
            } else {
                console().note("Not installed. Add --yes to install without being asked.");
            }
        }
        List<String> mended = mend();
        console().result(document(report, mended), text(report, mended));
        return report.ok() ? 0 : MISSING;
    }

    private List<String> mend() throws BerthException, InterruptedException {
        List<String> mended = new ArrayList<>();
        for (ContainerEngine engine : services().engines()) {
            if (engine.probe(TaskContext.silent()).usable()) {
                mended.addAll(services().builder().cleanUp(engine, TaskContext.silent()));
                mended.addAll(engine.cleanUp(TaskContext.silent()));
            }
        }
        mended.addAll(services().store().cleanUp(TaskContext.silent()));
        // Looking at the sessions mends their records.
        services().sessions().sessions();
        return mended;
    }

    private static Map<String, Object> document(HostSetup.Report report, List<String> mended) {
        List<Object> checks = new ArrayList<>();
        for (HostSetup.Finding finding : report.findings()) {
            HostCheck check = finding.check();
            checks.add(Json.object(
                    "plugin",
                    finding.plugin(),
                    "name",
                    check.name(),
                    "status",
                    status(check.status()),
                    "detail",
                    check.detail(),
                    "fix",
                    Console.remedyText(check.fix())));
        }
        return Json.object("ok", report.ok(), "checks", checks, "mended", mended);
    }

    private static String status(HostCheck.Status status) {
        return switch (status) {
            case OK -> "ok";
            case LIMITED -> "limited";
            case MISSING -> "missing";
            case NOT_APPLICABLE -> "notApplicable";
        };
    }

    private static String text(HostSetup.Report report, List<String> mended) {
        StringBuilder text = new StringBuilder();
        String plugin = "";
        for (HostSetup.Finding finding : report.findings()) {
            if (!finding.plugin().equals(plugin)) {
                plugin = finding.plugin();
                text.append(plugin).append('\n');
            }
            HostCheck check = finding.check();
            String mark = switch (check.status()) {
                case OK -> "ok       ";
                case LIMITED -> "limited  ";
                case MISSING -> "MISSING  ";
                case NOT_APPLICABLE -> "-        ";
            };
            text.append("  ")
                    .append(mark)
                    .append(check.name())
                    .append(": ")
                    .append(check.detail())
                    .append('\n');
            if (!check.fix().isNone()) {
                text.append("           ")
                        .append(Console.remedyText(check.fix()))
                        .append('\n');
            }
        }
        mended.forEach(line -> text.append("mended: ").append(line).append('\n'));
        text.append(
                report.ok()
                        ? "This host has what Berth needs."
                        : "Something that Berth needs is missing; berth doctor --install installs it.");
        return text.toString();
    }
}
