/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.RecipeException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ProvisioningStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a build container runs for one or several steps; together they give one layer.
 *
 * @param title for a person
 * @param steps what it does, for the cache
 * @param network whether it needs the network
 */
record BuildCommand(
        String title,
        List<ProvisioningStep> steps,
        List<String> command,
        Map<String, String> environment,
        boolean network) {

    /** One argument may have 128 KiB (execve(2)), all together a few MiB. */
    private static final int ARGUMENT_LIMIT = 100_000;

    private static final int TOTAL_LIMIT = 1 << 20;

    /** Files are written from inside, so that folders above them and links on the way are as the guest has them. */
    private static final String WRITE_FILES = """
            umask 022
            while [ $# -gt 0 ]; do
              path=$1; mode=$2; owner=$3; count=$4; shift 4
              mkdir -p "${path%/*}/."
              rm -f "$path"
              : > "$path"
              while [ "$count" -gt 0 ]; do
                printf %s "$1" >> "$path"; shift; count=$((count - 1))
              done
              chown "$owner" "$path"
              chmod "$mode" "$path"
            done
            """;

    private static final String INSTALL = """
            recommends=$1; shift
            if command -v apt-get >/dev/null; then
              export DEBIAN_FRONTEND=noninteractive
              apt-get update -q
              if [ "$recommends" = yes ]; then more=--install-recommends; else more=--no-install-recommends; fi
              apt-get install -qy "$more" -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@"
              apt-get clean
              rm -rf /var/lib/apt/lists/*
            elif command -v apk >/dev/null; then
              apk add --no-cache "$@"
            elif command -v zypper >/dev/null; then
              if [ "$recommends" = yes ]; then more=--recommends; else more=--no-recommends; fi
              zypper --non-interactive install "$more" "$@"
              zypper clean --all
            elif command -v pacman >/dev/null; then
              pacman -Syu --noconfirm --needed "$@"
              rm -rf /var/cache/pacman/pkg/*
            else
              for manager in dnf5 dnf microdnf tdnf yum; do
                if command -v "$manager" >/dev/null; then break; fi
                manager=
              done
              if [ -z "$manager" ]; then
                echo 'There is no package manager that Berth knows in this system.' >&2
                exit 1
              fi
              more=
              case $manager in dnf*|microdnf|yum)
                if [ "$recommends" = yes ]; then w=True; else w=False; fi
                more=--setopt=install_weak_deps=$w ;;
              esac
              "$manager" install -y $more "$@"
              "$manager" clean all
            fi
            """;

    /** The commands for steps: files that follow each other go together, all else alone. */
    static List<BuildCommand> of(List<ProvisioningStep> steps) throws RecipeException {
        List<BuildCommand> commands = new ArrayList<>();
        List<ProvisioningStep.WriteFile> files = new ArrayList<>();
        for (ProvisioningStep step : steps) {
            if (step instanceof ProvisioningStep.WriteFile file) {
                files.add(file);
                continue;
            }
            flush(files, commands);
            if (step instanceof ProvisioningStep.Run run) {
                commands.add(
                        new BuildCommand(run.title(), List.of(run), run.command(), run.environment(), run.network()));
            } else if (step instanceof ProvisioningStep.InstallPackages install) {
                List<String> command = new ArrayList<>(List.of("/bin/sh", "-eu", "-c", INSTALL, "sh"));
                command.add(install.recommends() ? "yes" : "no");
                command.addAll(install.packages());
                commands.add(new BuildCommand(install.title(), List.of(install), command, Map.of(), true));
            }
        }
        flush(files, commands);
        return commands;
    }

    /**
     * One command for the steps that a source asks for: they belong together, and a container for each would cost more
     * than some of them.
     */
    static List<BuildCommand> together(List<ProvisioningStep> steps) throws RecipeException {
        List<BuildCommand> commands = new ArrayList<>();
        List<ProvisioningStep.Run> runs = new ArrayList<>();
        for (BuildCommand command : of(steps)) {
            boolean joins = command.steps.size() == 1
                    && command.steps.get(0) instanceof ProvisioningStep.Run run
                    && (runs.isEmpty() || runs.get(0).network() == run.network())
                    && script(runs).length() < ARGUMENT_LIMIT / 2;
            if (joins && command.steps.get(0) instanceof ProvisioningStep.Run run) {
                runs.add(run);
            } else {
                join(runs, commands);
                commands.add(command);
            }
        }
        join(runs, commands);
        return commands;
    }

    private static void join(List<ProvisioningStep.Run> runs, List<BuildCommand> commands) {
        if (runs.size() == 1) {
            ProvisioningStep.Run run = runs.get(0);
            commands.add(new BuildCommand(run.title(), List.of(run), run.command(), run.environment(), run.network()));
        } else if (!runs.isEmpty()) {
            commands.add(new BuildCommand(
                    runs.get(0).title(),
                    List.copyOf(runs),
                    List.of("/bin/sh", "-eu", "-c", script(runs)),
                    Map.of(),
                    runs.get(0).network()));
        }
        runs.clear();
    }

    private static String script(List<ProvisioningStep.Run> runs) {
        StringBuilder script = new StringBuilder();
        for (ProvisioningStep.Run run : runs) {
            script.append("echo ").append(quote(run.title())).append("\n(\n");
            run.environment()
                    .forEach((name, value) -> script.append("export ")
                            .append(name)
                            .append('=')
                            .append(quote(value))
                            .append('\n'));
            script.append("exec");
            run.command().forEach(argument -> script.append(' ').append(quote(argument)));
            script.append("\n)\n");
        }
        return script.toString();
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void flush(List<ProvisioningStep.WriteFile> files, List<BuildCommand> commands)
            throws RecipeException {
        List<String> arguments = new ArrayList<>();
        List<ProvisioningStep> written = new ArrayList<>();
        int total = 0;
        for (ProvisioningStep.WriteFile file : files) {
            int size = file.content().getBytes(StandardCharsets.UTF_8).length;
            if (size > TOTAL_LIMIT) {
                throw new RecipeException(
                        "recipe.file.large",
                        ErrorKind.INVALID,
                        "The file " + file.path() + " of the recipe is larger than 1 MiB.",
                        "",
                        Remedy.NONE,
                        null);
            }
            if (total + size > TOTAL_LIMIT) {
                commands.add(files(written, arguments));
                arguments.clear();
                written.clear();
                total = 0;
            }
            total += size;
            written.add(file);
            List<String> pieces = pieces(file.content());
            arguments.addAll(List.of(
                    file.path(),
                    String.format("%04o", file.mode()),
                    file.uid() + ":" + file.gid(),
                    Integer.toString(pieces.size())));
            arguments.addAll(pieces);
        }
        if (!written.isEmpty()) {
            commands.add(files(written, arguments));
        }
        files.clear();
    }

    private static BuildCommand files(List<ProvisioningStep> written, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-eu", "-c", WRITE_FILES, "sh"));
        command.addAll(arguments);
        return new BuildCommand(written.get(0).title(), List.copyOf(written), command, Map.of(), false);
    }

    /** Pieces that are short enough for one argument each, whatever the characters take in UTF-8. */
    private static List<String> pieces(String content) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < content.length()) {
            int to = Math.min(content.length(), from + ARGUMENT_LIMIT / 4);
            if (to < content.length() && Character.isHighSurrogate(content.charAt(to - 1))) {
                to--;
            }
            pieces.add(content.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
