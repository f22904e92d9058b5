/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.docs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the documents ask of picocli's model. */
final class CommandTree {

    private CommandTree() {}

    /** Returns the commands that a person may call, in the order of the help: those below groups, not the groups. */
    static List<CommandSpec> leaves(CommandSpec root) {
        List<CommandSpec> leaves = new ArrayList<>();
        for (CommandSpec child : children(root)) {
            if (children(child).isEmpty()) {
                leaves.add(child);
            } else {
                leaves.addAll(leaves(child));
            }
        }
        return leaves;
    }

    static List<CommandSpec> children(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(child -> !child.usageMessage().hidden())
                .toList();
    }

    static List<OptionSpec> options(CommandSpec spec) {
        return spec.options().stream().filter(option -> !option.hidden()).toList();
    }

    static List<PositionalParamSpec> parameters(CommandSpec spec) {
        return spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
    }

    /** Whether a value follows the option. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** Returns a description as one line. */
    static String text(String... description) {
        StringBuilder text = new StringBuilder();
        for (String line : description) {
            text.append(text.length() == 0 ? "" : " ")
                    .append(line.replace("%n", " ").replace("%%", "%"));
        }
        return text.toString().strip();
    }

    static String text(CommandSpec spec) {
        return text(spec.usageMessage().description());
    }
}
