/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The tree of commands, and what becomes of their errors. */
final class Commands {

    static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final int MISSING = 3;

    private final Services services;
    private final Console console;

    Commands(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    /** Runs one command; returns the exit code. */
    int run(List<String> args) {
        int end = args.indexOf("--");
        // Before anything can fail, and wherever it stands: errors are JSON then too.
        console.json((end < 0 ? args : args.subList(0, end)).contains("--json"));
        RootCommand root = new RootCommand(services, console);
        CommandLine line = tree(root, args);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setExpandAtFiles(false);
        line.setParameterExceptionHandler((error, given) -> usage(error));
        line.setExecutionExceptionHandler((error, command, result) -> failed(error));
        return line.execute(args.toArray(new String[0]));
    }

    /** Builds the part of the tree that the arguments name, or all of it when they name none: for the help. */
    private CommandLine tree(RootCommand root, List<String> args) {
        List<String> words = args.stream().filter(word -> !word.startsWith("-")).toList();
        CommandLine line = new CommandLine(root);
        Map<String, Supplier<CommandLine>> groups = groups(words);
        String first = words.isEmpty() ? "" : words.get(0);
        if (groups.containsKey(first)) {
            line.addSubcommand(first, Objects.requireNonNull(groups.get(first)).get());
        } else {
            groups.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
        return line;
    }

    /** Builds all commands. */
    CommandLine wholeTree() {
        return tree(new RootCommand(services, console), List.of());
    }

    private Map<String, Supplier<CommandLine>> groups(List<String> words) {
        Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
        all.put("up", () -> leaf(new UpCommand()));
        all.put("doctor", () -> leaf(new DoctorCommand()));
        all.put("recipe", () -> group(new RecipeCommands(), RecipeCommands.all(), words));
        all.put("image", () -> group(new ImageCommands(), ImageCommands.all(), words));
        all.put("session", () -> group(new SessionCommands(), SessionCommands.all(), words));
        all.put("network", () -> group(new NetworkCommands(), NetworkCommands.all(), words));
        all.put("view", () -> leaf(new ViewCommand()));
        all.put("share", () -> group(new ShareCommands(), ShareCommands.all(), words));
        all.put("plugin", () -> group(new PluginCommands(), PluginCommands.all(), words));
        all.put("update", () -> leaf(new UpdateCommand()));
        all.put("dev", () -> leaf(new DevCommand()));
        all.put("completion", () -> leaf(new DocumentCommands.Completion(this::wholeTree)));
        all.put("manual", () -> leaf(new DocumentCommands.Manual(this::wholeTree)));
        return all;
    }

    private CommandLine leaf(Command command) {
        command.services = services;
        command.console = console;
        return new CommandLine(command);
    }

    private CommandLine group(Object group, Map<String, Supplier<Command>> commands, List<String> words) {
        CommandLine line = new CommandLine(group);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this help.")
                        .build());
        String second = words.size() < 2 ? "" : words.get(1);
        if (commands.containsKey(second)) {
            line.addSubcommand(
                    second, leaf(Objects.requireNonNull(commands.get(second)).get()));
        } else {
            commands.forEach((name, command) -> line.addSubcommand(name, leaf(command.get())));
        }
        return line;
    }

    private int usage(ParameterException error) {
        CommandLine command = error.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String summary = Objects.requireNonNullElse(error.getMessage(), "wrong usage");
        console.error("usage", summary, "", Remedy.advice("Run " + name + " --help."));
        return ExitCode.USAGE;
    }

    private int failed(Exception error) {
        if (error instanceof InterruptedException) {
            console.error("interrupted", "Interrupted.", "", Remedy.NONE);
            return INTERRUPTED;
        }
        if (error instanceof BerthException known) {
            LOG.info("{}: {} ({})", known.code(), known.summary(), known.detail(), known);
            console.error(known);
            return exitCode(known.kind());
        }
        LOG.error("A command failed", error);
        String what =
                Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
        console.error(
                "berth.bug",
                "An error in Berth: " + what,
                String.valueOf(error),
                Remedy.advice("logs/berth.log below the Berth home has the details."));
        return ExitCode.SOFTWARE;
    }

    static int exitCode(ErrorKind kind) {
        return switch (kind) {
            case FAILED -> ExitCode.SOFTWARE;
            case INVALID -> ExitCode.USAGE;
            case MISSING -> MISSING;
        };
    }
}
