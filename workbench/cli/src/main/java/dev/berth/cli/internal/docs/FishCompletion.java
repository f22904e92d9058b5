/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.docs;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion of the fish shell, which picocli has none for. */
public final class FishCompletion {

    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    /** Returns the script. */
    public static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion();
        completion.script.append("# Completion of berth for fish; \"berth completion fish\" writes it.\n");
        completion.options("__fish_use_subcommand", root);
        for (CommandSpec command : CommandTree.children(root)) {
            completion.command("__fish_use_subcommand", command);
            String inside = "__fish_seen_subcommand_from " + command.name();
            List<CommandSpec> children = CommandTree.children(command);
            if (children.isEmpty()) {
                completion.options(inside, command);
                continue;
            }
            String names = children.stream().map(CommandSpec::name).collect(Collectors.joining(" "));
            for (CommandSpec child : children) {
                completion.command(inside + "; and not __fish_seen_subcommand_from " + names, child);
                completion.options(inside + "; and __fish_seen_subcommand_from " + child.name(), child);
            }
        }
        return completion.script.toString();
    }

    private void command(String condition, CommandSpec command) {
        script.append("complete -c berth -f -n '").append(condition).append("' -a ");
        script.append(command.name());
        description(CommandTree.text(command));
    }

    private void options(String condition, CommandSpec command) {
        for (OptionSpec option : CommandTree.options(command)) {
            script.append("complete -c berth -n '").append(condition).append('\'');
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            script.append(CommandTree.takesValue(option) ? " -r" : "");
            description(CommandTree.text(option.description()));
        }
    }

    private void description(String text) {
        script.append(" -d '")
                .append(text.replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n");
    }
}
