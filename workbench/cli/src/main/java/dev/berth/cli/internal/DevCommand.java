/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth dev DIR}: for whoever writes a plugin. */
@picocli.CommandLine.Command(
        name = "dev",
        description = "Runs Berth with the plugin of a Maven project, and swaps it each time it is built.")
final class DevCommand extends Command {

    @Parameters(paramLabel = "DIR", description = "The project, whose target folder has the jar.")
    Path project = Path.of("");

    @Option(names = "--no-window", description = "Opens no window; runs until interrupted.")
    boolean noWindow;

    @Override
    int run() throws BerthException, InterruptedException {
        if (!Files.isDirectory(project)) {
            throw invalid("dev.folder", "There is no folder " + project + ".", "Name a Maven project.");
        }
        services().followBuild(project.resolve("target").toAbsolutePath());
        if (noWindow || !Screen.isThere()) {
            // Ends with an interrupt.
            new CountDownLatch(1).await();
        }
        WorkbenchWindow window = services().window();
        window.open(List.of());
        window.awaitClosed();
        return 0;
    }
}
