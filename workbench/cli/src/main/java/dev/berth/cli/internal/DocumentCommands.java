/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.cli.internal.docs.FishCompletion;
import dev.berth.cli.internal.docs.ManPage;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Commands about the commands. They see the whole tree, which {@link Commands} builds for them only. */
final class DocumentCommands {

    private DocumentCommands() {}

    @CommandLine.Command(
            name = "completion",
            description = "Prints the completion script of a shell: source <(berth completion bash).")
    static final class Completion extends Command {
        private final Supplier<CommandLine> tree;

        @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
        String shell = "";

        Completion(Supplier<CommandLine> tree) {
            this.tree = tree;
        }

        @Override
        int run() throws BerthException {
            console().out().print(script());
            console().out().flush();
            return 0;
        }

        private String script() throws BerthException {
            return switch (shell) {
                case "bash" -> AutoComplete.bash("berth", tree.get());
                // picocli's script serves both: it switches zsh to the completion of bash.
                case "zsh" -> "#compdef berth\n" + AutoComplete.bash("berth", tree.get());
                case "fish" -> FishCompletion.of(tree.get().getCommandSpec());
                default -> throw invalid("completion.shell", "No completion for " + shell + ".", "bash, zsh or fish.");
            };
        }
    }

    @CommandLine.Command(name = "manual", hidden = true, description = "Prints the manual page, for the packages.")
    static final class Manual extends Command {
        private final Supplier<CommandLine> tree;

        Manual(Supplier<CommandLine> tree) {
            this.tree = tree;
        }

        @Override
        int run() {
            console().out().print(ManPage.of(tree.get().getCommandSpec(), RootCommand.number()));
            console().out().flush();
            return 0;
        }
    }
}
