/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Elevation;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.oci.TrialBundle;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the fastest runtime that really works here, by running {@code true} in a container with each until one does.
 * The choice is kept for this boot of the host and as long as the programs stay the same.
 */
final class RuntimeChooser {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeChooser.class);
    private static final Duration TRIAL = Duration.ofSeconds(20);

    private final EngineHome home;
    private final Elevation elevation;
    private final Supplier<List<Path>> programs;
    private volatile Optional<OciRuntime> chosen = Optional.empty();

    /** @param programs the runtimes to try, best first; asked each time until one is found: somebody may install one */
    RuntimeChooser(EngineHome home, Elevation elevation, Supplier<List<Path>> programs) {
        this.home = home;
        this.elevation = elevation;
        this.programs = programs;
    }

    /** The runtime to use. */
    OciRuntime choose() throws EngineException, InterruptedException {
        Optional<OciRuntime> known = chosen;
        if (known.isPresent()) {
            return known.get();
        }
        try {
            String fingerprint = fingerprint();
            known = cached(fingerprint);
            if (known.isEmpty()) {
                known = Optional.of(home.<OciRuntime, EngineException>locked("runtime", () -> {
                    Optional<OciRuntime> other = cached(fingerprint);
                    return other.isPresent() ? other.get() : tryAll(fingerprint);
                }));
            }
            chosen = known;
            return known.get();
        } catch (IOException e) {
            throw new EngineException("engine.runtime", "The container runtimes of this host cannot be tried.", e);
        }
    }

    /** The runtimes that are installed, best first. */
    static List<Path> installed() {
        List<Path> programs = new ArrayList<>();
        Commands.find("crun").ifPresent(programs::add);
        Commands.find("runc").ifPresent(programs::add);
        return programs;
    }

    private OciRuntime tryAll(String fingerprint) throws EngineException, IOException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (OciRuntime candidate : candidates()) {
            Optional<String> failure = attempt(candidate);
            if (failure.isEmpty()) {
                OciRuntime found = new OciRuntime(
                        candidate.program(),
                        candidate.version(),
                        candidate.hideUnified(),
                        candidate.options(),
                        candidate.limits(),
                        String.join("; ", failures));
                write(found, fingerprint);
                LOG.info(
                        "Containers are run by {}{}", found.version(), failures.isEmpty() ? "" : ": " + found.reason());
                return found;
            }
            failures.add(candidate.program() + (candidate.hideUnified() ? " without the second cgroup hierarchy" : "")
                    + (candidate.options().isEmpty() ? "" : " " + String.join(" ", candidate.options())) + ": "
                    + failure.get());
        }
        throw new EngineException(
                "engine.missing",
                ErrorKind.MISSING,
                failures.isEmpty()
                        ? "No container runtime is installed: neither crun nor runc."
                        : "No container runtime works on this host.",
                String.join("\n", failures),
                failures.isEmpty() ? Remedy.installPackages("crun") : Remedy.installPackages("runc"),
                null);
    }

    private List<OciRuntime> candidates() throws EngineException, InterruptedException {
        List<OciRuntime> all = new ArrayList<>();
        for (Path program : programs.get()) {
            boolean crun = program.getFileName().toString().equals("crun");
            String version = version(program);
            if (elevation.rootless()) {
                boolean unified = Files.isDirectory(Cgroups.UNIFIED_OF_HYBRID);
                all.add(new OciRuntime(
                        program.toString(),
                        version,
                        crun && unified,
                        crun ? List.of("--cgroup-manager=disabled") : List.of("--rootless=true"),
                        false,
                        ""));
            } else if (crun) {
                all.add(new OciRuntime(program.toString(), version, false, List.of(), true, ""));
                if (Files.isDirectory(Cgroups.UNIFIED_OF_HYBRID)) {
                    all.add(new OciRuntime(program.toString(), version, true, List.of(), true, ""));
                }
            } else {
                all.add(new OciRuntime(program.toString(), version, false, List.of(), true, ""));
            }
        }
        if (!elevation.rootless()) {
            for (Path program : programs.get()) {
                if (program.getFileName().toString().equals("crun")) {
                    all.add(new OciRuntime(
                            program.toString(),
                            version(program),
                            false,
                            List.of("--cgroup-manager=disabled"),
                            false,
                            ""));
                }
            }
        }
        return all;
    }

    private static String version(Path program) throws EngineException, InterruptedException {
        String text = Commands.run(List.of(program.toString(), "--version"), "", TRIAL)
                .out();
        return text.lines().findFirst().orElse("").replace(" version", "").strip();
    }

    /** @return why it does not work, or nothing */
    private Optional<String> attempt(OciRuntime candidate) throws EngineException, IOException, InterruptedException {
        Path trial = Files.createTempDirectory(Files.createDirectories(home.root()), "trial-");
        String id = "trial-" + ProcessHandle.current().pid();
        try {
            TrialBundle.write(trial, candidate.limits() ? "/" + home.mark() + "/" + id : "");
            List<String> command =
                    new ArrayList<>(List.of("unshare", "-m", "-n", "--propagation", "slave", "sh", "-c"));
            command.add((candidate.hideUnified()
                            ? "umount /sys/fs/cgroup/unified 2>/dev/null || mount -t tmpfs none /sys/fs/cgroup/unified; "
                            : "")
                    + "exec \"$@\" </dev/null");
            command.add("sh");
            command.addAll(
                    candidate.command(trial.resolve("state").toString(), "run", "--bundle", trial.toString(), id));
            Commands.Result result = Commands.run(elevation.command(command), "", TRIAL);
            if (result.ok()) {
                return Optional.empty();
            }
            LOG.debug("A runtime does not work here: {}", result.detail());
            Commands.run(
                    elevation.command(candidate.command(trial.resolve("state").toString(), "delete", "--force", id)),
                    "",
                    TRIAL);
            return Optional.of(Commands.lastLines(result.error()).replace('\n', ' '));
        } finally {
            Trees.delete(trial);
            Cgroups.removeEmpty(home.mark());
        }
    }

    private String fingerprint() throws IOException {
        StringBuilder text = new StringBuilder(Proc.bootId());
        text.append(elevation.rootless() ? " rootless" : " root");
        for (Path program : programs.get()) {
            text.append(' ')
                    .append(program)
                    .append(' ')
                    .append(Files.size(program))
                    .append(' ')
                    .append(Files.getLastModifiedTime(program).toMillis());
        }
        return text.toString();
    }

    private Optional<OciRuntime> cached(String fingerprint) throws IOException {
        if (!Files.exists(home.trial())) {
            return Optional.empty();
        }
        Fields fields = Fields.read(home.trial());
        if (!fields.get("fingerprint").equals(fingerprint)) {
            return Optional.empty();
        }
        return Optional.of(new OciRuntime(
                fields.get("program"),
                fields.get("version"),
                Boolean.parseBoolean(fields.get("hideUnified")),
                fields.list("option"),
                Boolean.parseBoolean(fields.get("limits")),
                fields.get("reason")));
    }

    private void write(OciRuntime runtime, String fingerprint) throws IOException {
        new Fields()
                .set("fingerprint", fingerprint)
                .set("program", runtime.program())
                .set("version", runtime.version())
                .set("hideUnified", runtime.hideUnified())
                .setList("option", runtime.options())
                .set("limits", runtime.limits())
                .set("reason", runtime.reason())
                .write(home.trial());
    }
}
