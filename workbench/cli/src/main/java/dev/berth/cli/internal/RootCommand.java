/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.image.Platform;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code berth} alone: opens the workbench. */
@CommandLine.Command(
        name = "berth",
        synopsisSubcommandLabel = "COMMAND",
        description = "A graphical Linux desktop in a tab. Without a command it opens the workbench.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "3:something is missing on this host", "130:interrupted"
        })
final class RootCommand extends Command {

    @CommandLine.Option(
            names = {"-V", "--version"},
            description = "Shows the version, and what it runs on.")
    boolean version;

    @CommandLine.Option(names = "--timings", description = "Tells when the window was there.")
    boolean timings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    RootCommand(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    @Override
    int run() throws BerthException, InterruptedException {
        if (version) {
            printVersion();
            return 0;
        }
        if (!Screen.isThere()) {
            spec.commandLine().usage(console().err());
            console().note("");
            console().note("There is no screen here to open the workbench on; \"berth up RECIPE\" works without one.");
            return CommandLine.ExitCode.USAGE;
        }
        WorkbenchWindow window = services().window();
        window.open(List.of());
        if (timings) {
            for (WorkbenchWindow.Mark mark : window.marks()) {
                console().note(String.format(Locale.ROOT, "%-14s %6d ms", mark.name(), mark.millis()));
            }
        }
        window.awaitClosed();
        return 0;
    }

    private void printVersion() {
        String build = services().property("berth.build");
        String java = System.getProperty("java.vendor", "") + " " + System.getProperty("java.version", "");
        String host = System.getProperty("os.name", "") + " " + System.getProperty("os.version", "");
        String number = number();
        console()
                .result(
                        Json.object(
                                "version",
                                number,
                                "build",
                                build,
                                "java",
                                java.strip(),
                                "platform",
                                Platform.host().architecture() + " " + host),
                        String.format(
                                Locale.ROOT,
                                "Berth %s (build %s)%nJava %s%n%s, %s",
                                number,
                                build,
                                java.strip(),
                                host,
                                Platform.host().architecture()));
    }

    /** Returns Berth's version. */
    static String number() {
        String number = RootCommand.class.getPackage().getImplementationVersion();
        return number == null ? "0.1.0" : number;
    }
}
