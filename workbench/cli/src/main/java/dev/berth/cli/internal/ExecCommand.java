/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.SessionManager;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth session exec NAME -- CMD…}: stdin, stdout, stderr and the exit code are the command's own. */
@picocli.CommandLine.Command(
        name = "exec",
        description = {
            "Runs a command in a session, as root unless --user says otherwise.",
            "Its input, its outputs and its exit code are the command's own."
        })
final class ExecCommand extends Command {

    private static final long SIZE_MILLIS = 500;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Who runs it: a name, an id, or \"desktop\" for the user of the session's desktop.")
    String user = "";

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Where it starts.")
    String folder = "";

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Sets a variable; may be repeated.")
    Map<String, String> environment = Map.of();

    @Option(
            names = {"-t", "--terminal"},
            description = "Gives it a terminal.")
    boolean terminal;

    @Parameters(index = "0", paramLabel = "NAME", description = "The session.")
    String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "The command, after --.")
    List<String> command = List.of();

    @Override
    int run() throws BerthException, IOException, InterruptedException {
        SessionManager sessions = services().sessions();
        Container container = sessions.container(name, TaskContext.silent());
        String desktop = sessions.user(name);
        String who = user.equals("desktop") ? desktop : user;
        Map<String, String> variables = new HashMap<>();
        if (who.equals(desktop)) {
            variables.putAll(sessions.environment(name));
            variables.put("USER", who);
            variables.put("LOGNAME", who);
        } else {
            // Also root finds the desktop's screen, but keeps off its user's buses.
            sessions.environment(name).forEach((key, value) -> {
                if (key.equals("DISPLAY") || key.equals("XAUTHORITY")) {
                    variables.put(key, value);
                }
            });
        }
        if (terminal) {
            variables.put("TERM", System.getenv().getOrDefault("TERM", "xterm-256color"));
        }
        variables.putAll(environment);
        boolean interactive = terminal && Terminal.isTerminal(0);
        Optional<TerminalSize> size = terminal
                ? Optional.of((interactive ? Terminal.size() : Optional.<TerminalSize>empty())
                        .orElse(new TerminalSize(80, 24)))
                : Optional.empty();
        ExecSpec spec = new ExecSpec(command, variables, who, folder, size);
        if (!interactive) {
            return pump(container, spec);
        }
        try (Terminal ignored = Terminal.raw()) {
            return pump(container, spec);
        }
    }

    private int pump(Container container, ExecSpec spec) throws BerthException, InterruptedException {
        try (ContainerProcess process = container.exec(spec, TaskContext.silent())) {
            Thread out = Pumps.start("stdout", process.stdout(), console().out(), false);
            Thread err = Pumps.start("stderr", process.stderr(), console().err(), false);
            Pumps.start("stdin", console().in(), process.stdin(), true);
            if (terminal && Terminal.isTerminal(0)) {
                follow(process);
            }
            int code;
            try {
                code = process.waitFor();
            } catch (InterruptedException e) {
                process.signal(Signal.INT);
                throw e;
            }
            // What it wrote last may still be on its way.
            out.join();
            err.join();
            console().out().flush();
            return code;
        }
    }

    /** Tells the command when the terminal's size changes. Java hears no SIGWINCH, so the terminal is asked. */
    private static void follow(ContainerProcess process) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Optional<TerminalSize> last = Terminal.size();
                        while (true) {
                            Thread.sleep(SIZE_MILLIS);
                            Optional<TerminalSize> now = Terminal.size();
                            if (now.isPresent() && !now.equals(last)) {
                                process.resize(now.get());
                                last = now;
                            }
                        }
                    } catch (InterruptedException e) {
                        // The command has ended.
                    }
                },
                "berth-terminal-size");
        thread.setDaemon(true);
        thread.start();
    }
}
