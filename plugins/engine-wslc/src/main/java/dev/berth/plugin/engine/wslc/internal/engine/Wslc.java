/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.plugin.engine.wslc.internal.Json;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import dev.berth.plugin.engine.wslc.internal.errors.Lack;
import dev.berth.plugin.engine.wslc.internal.text.Listings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command {@code wslc} as it is set or found on this host. Blocks; any thread. */
final class Wslc {

    /** Answers from memory; but a virtual machine may have to start first. */
    static final Duration LIMIT = Duration.ofMinutes(2);
    /** Copies an image. */
    static final Duration LONG = Duration.ofHours(2);

    private static final Map<String, String> ENVIRONMENT = Map.of("NO_COLOR", "1");

    private final EngineSettings settings;
    private final HostFacts host;

    Wslc(EngineSettings settings, HostFacts host) {
        this.settings = settings;
        this.host = host;
    }

    EngineSettings settings() {
        return settings;
    }

    /** What keeps the command from being called, if anything does. */
    Optional<Lack> lack() {
        if (!settings.command().isEmpty()) {
            String first = settings.command().get(0);
            boolean bare = !first.contains("/") && !first.contains("\\");
            return bare || Files.exists(Path.of(first)) ? Optional.empty() : Optional.of(Lack.SETTING_LEADS_NOWHERE);
        }
        if (!host.windows()) {
            return Optional.of(Lack.NOT_WINDOWS);
        }
        if (host.tooOld()) {
            return Optional.of(Lack.WINDOWS_TOO_OLD);
        }
        if (host.program("wslc.exe").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(host.program("wsl.exe").isPresent() ? Lack.NO_WSLC : Lack.NO_WSL);
    }

    private Program program() throws EngineException {
        Optional<Lack> lack = lack();
        if (lack.isPresent()) {
            throw missing(lack.get());
        }
        List<String> words = new ArrayList<>(settings.command());
        if (words.isEmpty()) {
            words.add(host.program("wslc.exe").orElseThrow(() -> missing(Lack.NO_WSLC)));
        }
        if (!settings.session().isEmpty()) {
            words.add("--session");
            words.add(settings.session());
        }
        return new Program(words, ENVIRONMENT, host.windows());
    }

    static EngineException missing(Lack lack) {
        return new EngineException(
                "engine.missing", ErrorKind.MISSING, lack.summary(), lack.name(), lack.remedy(), null);
    }

    /** Runs it to its end, whatever its exit status. */
    Program.Outcome run(Duration limit, List<String> arguments) throws EngineException, InterruptedException {
        return program().run(limit, arguments);
    }

    /** Runs it to its end, whatever its exit status. */
    Program.Outcome run(String... arguments) throws EngineException, InterruptedException {
        return run(LIMIT, Arrays.asList(arguments));
    }

    /**
     * Runs it; it must succeed.
     *
     * @param what one sentence about what cannot be done when it fails
     */
    Program.Outcome must(String code, String what, Duration limit, List<String> arguments)
            throws EngineException, InterruptedException {
        Program.Outcome outcome = run(limit, arguments);
        if (!outcome.ok()) {
            throw Failures.of(code, what, outcome);
        }
        return outcome;
    }

    /** A process that is not started yet. */
    ProcessBuilder builder(List<String> arguments) throws EngineException {
        return program().builder(arguments);
    }

    /** The whole command, for the log. */
    List<String> shown(List<String> arguments) throws EngineException {
        return program().command(arguments);
    }

    /** What it knows of a container by its name there; empty when there is none. */
    Optional<Json> inspect(String name) throws EngineException, InterruptedException {
        Program.Outcome outcome = run("inspect", "--type", "container", "--format", "json", name);
        if (!outcome.ok()) {
            if (isGone(outcome)) {
                return Optional.empty();
            }
            throw Failures.of("engine.inspect", "WSL does not tell about the container " + name + ".", outcome);
        }
        try {
            Json found = Listings.inspected(outcome.out());
            return found.get("Id").present() ? Optional.of(found) : Optional.empty();
        } catch (IOException e) {
            throw notUnderstood(outcome, e);
        }
    }

    /** Whether a command failed because there is no such container. */
    static boolean isGone(Program.Outcome outcome) {
        String said = outcome.error() + "\n" + outcome.out();
        return HResult.in(said)
                .map(code -> code.name().equals("WSLC_E_CONTAINER_NOT_FOUND")
                        || code.name().equals("WSLC_E_CONTAINER_DELETED"))
                // Found nothing and says so on its standard output only.
                .orElse(outcome.out().strip().equals("[]"));
    }

    static EngineException notUnderstood(Program.Outcome outcome, IOException cause) {
        return new EngineException(
                "engine.answer",
                ErrorKind.FAILED,
                Lack.NOT_UNDERSTOOD.summary(),
                cause.getMessage() + "\n" + outcome.detail(),
                Lack.NOT_UNDERSTOOD.remedy(),
                cause);
    }
}
