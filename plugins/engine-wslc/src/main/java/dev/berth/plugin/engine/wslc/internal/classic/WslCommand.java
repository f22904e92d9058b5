/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.classic;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import dev.berth.plugin.engine.wslc.internal.text.Columns;
import dev.berth.plugin.engine.wslc.internal.text.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Distributions of classic WSL, for computers without WSL containers. Blocks; any thread. */
public final class WslCommand {

    /** Asked for UTF-8 and no hints; an old one goes on in UTF-16. */
    public static final Map<String, String> ENVIRONMENT = Map.of("WSL_UTF8", "1", "WSL_DISABLE_WARNINGS", "1");

    private static final Duration SHORT = Duration.ofSeconds(30);
    /** Disks of many gigabytes. */
    private static final Duration LONG = Duration.ofHours(2);
    /** Names may not hold blanks; the rest is what every WSL takes. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final Program program;

    /** @param program {@code wsl.exe}, with {@link #ENVIRONMENT} */
    public WslCommand(Program program) {
        this.program = program;
    }

    /** What an archive of a distribution is. */
    public enum Format {
        /** A tar archive. */
        TAR("tar"),
        /** Compressed by gzip. */
        TAR_GZ("tar.gz"),
        /** Compressed by xz. */
        TAR_XZ("tar.xz"),
        /** The disk itself. */
        VHD("vhd");

        private final String word;

        Format(String word) {
            this.word = word;
        }
    }

    /** Its version; empty when it is too old to tell. */
    public Optional<Version> version() throws EngineException, InterruptedException {
        Program.Outcome outcome = program.run(SHORT, List.of("--version"));
        return outcome.ok() ? Version.in(outcome.out()) : Optional.empty();
    }

    /** All distributions; none is no error. */
    public List<Columns.Distribution> list() throws EngineException, InterruptedException {
        Program.Outcome outcome = program.run(SHORT, List.of("--list", "--verbose"));
        if (!outcome.ok()) {
            Optional<HResult> why = HResult.in(outcome.out() + "\n" + outcome.error());
            if (why.isPresent() && why.get().name().equals("WSL_E_DEFAULT_DISTRO_NOT_FOUND")) {
                return List.of();
            }
            throw Failures.of("engine.wsl", "The distributions of WSL cannot be listed.", outcome);
        }
        return Columns.distributions(outcome.out());
    }

    /** Makes a distribution from an archive, with its disk in {@code folder}. */
    public void importArchive(String name, Path folder, Path archive, Format format)
            throws EngineException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--import", checked(name), folder.toString(), archive.toString(), "--version", "2"));
        if (format == Format.VHD) {
            arguments.add("--vhd");
        }
        must(LONG, "The distribution " + name + " cannot be made.", arguments);
    }

    /** Writes a distribution to a file; it must not run. */
    public void export(String name, Path file, Format format) throws EngineException, InterruptedException {
        must(
                LONG,
                "The distribution " + name + " cannot be exported.",
                List.of("--export", checked(name), file.toString(), "--format", format.word));
    }

    /** Ends all that runs in it. */
    public void terminate(String name) throws EngineException, InterruptedException {
        must(SHORT, "The distribution " + name + " cannot be stopped.", List.of("--terminate", checked(name)));
    }

    /** Removes it with its disk; WSL does not ask. */
    public void unregister(String name) throws EngineException, InterruptedException {
        must(
                Duration.ofMinutes(5),
                "The distribution " + name + " cannot be removed.",
                List.of("--unregister", checked(name)));
    }

    /** The command line of a program in a distribution, run without a shell. */
    public List<String> inside(String name, String user, String folder, List<String> command) throws EngineException {
        List<String> all = new ArrayList<>(program.command(List.of("--distribution", checked(name))));
        if (!user.isEmpty()) {
            all.addAll(List.of("--user", user));
        }
        if (!folder.isEmpty()) {
            all.addAll(List.of("--cd", folder));
        }
        all.add("--exec");
        all.addAll(command);
        return all;
    }

    private void must(Duration limit, String what, List<String> arguments)
            throws EngineException, InterruptedException {
        Program.Outcome outcome = program.run(limit, arguments);
        if (!outcome.ok()) {
            throw Failures.of("engine.wsl", what, outcome);
        }
    }

    private static String checked(String name) throws EngineException {
        if (!name.matches(NAME)) {
            throw new EngineException(
                    "engine.wsl",
                    ErrorKind.INVALID,
                    "A distribution cannot be named \"" + name + "\".",
                    "",
                    Remedy.advice("Use letters, digits, dots, hyphens and underscores."),
                    null);
        }
        return name;
    }
}
