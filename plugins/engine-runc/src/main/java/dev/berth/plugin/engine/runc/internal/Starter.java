/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.Shell;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.net.Attachment;
import dev.berth.plugin.engine.runc.internal.oci.Bundle;
import dev.berth.plugin.engine.runc.internal.oci.GuestUser;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import dev.berth.plugin.engine.runc.internal.store.RunState;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Starts a container: writes its bundle, hands it to a supervisor that outlives Berth, waits until it runs. */
final class Starter {

    /** A loaded machine may take its time to make namespaces and mounts; nothing healthy takes this long. */
    private static final Duration STARTED = Duration.ofSeconds(60);

    /** A command that is itself named like a runtime is taken for one for this long. */
    private static final Duration EXEC = Duration.ofSeconds(5);

    private static final long LOG_BYTES = 8L << 20;
    private static final int KEPT_RUNS = 3;

    private final Engine engine;
    private final ContainerRecord record;
    private final ContainerFiles files;

    Starter(Engine engine, ContainerRecord record, ContainerFiles files) {
        this.engine = engine;
        this.record = record;
        this.files = files;
    }

    /** Starts it. The caller holds the container's lock and knows that it does not run. */
    void start(TaskContext context) throws EngineException, IOException, InterruptedException {
        OciRuntime runtime = engine.runtimes().choose();
        context.checkCancelled();
        Path run = nextRun();
        RunState state = RunState.in(run);
        boolean started = false;
        Optional<Attachment> network = Optional.empty();
        try {
            if (record.spec().network().kind() != NetworkSpec.Kind.NONE) {
                network = Optional.of(engine.networks().join(record.spec(), files));
            }
            writeBundle(runtime, network);
            PublishedPorts.write(files, network.map(Attachment::ports).orElse(List.of()));
            launch(runtime, run, network);
            await(state, runtime, context);
            started = true;
        } finally {
            if (!started) {
                abandon(state, runtime);
                engine.networks().leave(record.spec());
            }
        }
    }

    private Path nextRun() throws IOException {
        long latest = files.latestRun();
        for (long old : files.runs()) {
            if (old <= latest - KEPT_RUNS) {
                Trees.delete(files.run(old));
            }
        }
        return Files.createDirectories(files.run(latest + 1));
    }

    private void writeBundle(OciRuntime runtime, Optional<Attachment> network) throws EngineException, IOException {
        for (Path folder : List.of(files.upper(), files.work(), files.rootfs(), files.logs())) {
            Files.createDirectories(folder);
        }
        links();
        engine.guestFiles().write(record, files, network);
        GuestUser user = GuestUser.resolve(record.user(), files.guest(record.image()));
        Bundle bundle = new Bundle(
                record,
                files,
                new Bundle.HostFeatures(
                        engine.elevation().rootless(),
                        runtime.limits(),
                        Cgroups.limitsSwap(),
                        "/" + engine.home().mark()));
        Fields.write(files.config(), bundle.json(user));
        try (InputStream script =
                Objects.requireNonNull(Starter.class.getResourceAsStream("supervise.sh"), "supervise.sh")) {
            Path temporary = Fields.temporary(files.supervisor());
            Files.copy(script, temporary);
            Files.move(
                    temporary, files.supervisor(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void links() throws IOException {
        Trees.delete(files.links());
        Files.createDirectories(files.links());
        List<String> layers = record.image().layers();
        for (int i = 0; i < layers.size(); i++) {
            Files.createSymbolicLink(files.links().resolve(Integer.toString(i)), Path.of(layers.get(i)));
        }
        Files.createSymbolicLink(files.links().resolve("u"), files.upper());
        Files.createSymbolicLink(files.links().resolve("w"), files.work());
    }

    private String overlayOptions() {
        List<String> lower = new ArrayList<>();
        for (int i = record.image().layers().size() - 1; i >= 0; i--) {
            lower.add(Integer.toString(i));
        }
        // A layer must hold whole files under their own names, so nothing that refers to a lower layer.
        String options = engine.elevation().rootless() ? "userxattr" : "redirect_dir=off,metacopy=off,index=off";
        return "lowerdir=" + String.join(":", lower) + ",upperdir=u,workdir=w," + options;
    }

    private void launch(OciRuntime runtime, Path run, Optional<Attachment> network)
            throws EngineException, IOException, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ID", record.spec().id());
        settings.put("RUNTIME", runtime.program());
        settings.put("RUNTIME_OPTIONS", String.join(" ", runtime.options()));
        settings.put("STATE", engine.state().toString());
        settings.put("HIDE_UNIFIED", runtime.hideUnified() ? "yes" : "");
        settings.put("BUNDLE", files.bundle().toString());
        settings.put("LINKS", files.links().toString());
        settings.put("OVERLAY", overlayOptions());
        settings.put("ROOTFS", files.rootfs().toString());
        settings.put("LOG", files.log().toString());
        settings.put("LOG_BYTES", Long.toString(LOG_BYTES));
        settings.put("HIGHEST_GROUP", engine.elevation().rootless() ? "65535" : "2147483647");
        settings.put("ROUTER", "");
        settings.put("ROUTER_GUARD", "");
        settings.put("MEMBER", "");
        settings.putAll(
                network.isPresent()
                        ? network.get().settings()
                        : engine.networks().hold(record.spec()));
        Fields.write(run.resolve(RunState.SETTINGS), Shell.assignments(settings));

        List<String> command = new ArrayList<>(List.of("setsid", "--fork", "unshare", "--mount"));
        if (network.isPresent()) {
            command.add("--net");
        }
        command.addAll(
                List.of("--propagation", "slave", "sh", files.supervisor().toString(), run.toString()));
        Process process = Commands.builder(engine.elevation().command(command))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(run.resolve("setup.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw Commands.failure(
                    "engine.start",
                    "The container " + record.spec().id() + " could not be started.",
                    Commands.lastLines(Proc.read(run.resolve("setup.log")).orElse("")));
        }
    }

    private void await(RunState state, OciRuntime runtime, TaskContext context)
            throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + STARTED.toNanos();
        long exec = deadline;
        while (true) {
            context.checkCancelled();
            if (state.failure().isPresent()) {
                throw failed(state, state.failure().get());
            }
            if (state.begun()) {
                if (state.ended() || executing(state, runtime) || System.nanoTime() > exec) {
                    return;
                }
            } else {
                exec = System.nanoTime() + EXEC.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw failed(state, "The container did not start in " + STARTED.toSeconds() + " seconds.");
            }
            Thread.sleep(2);
        }
    }

    /** Between the pid file and the exec of the command, the first process is still the runtime itself. */
    private static boolean executing(RunState state, OciRuntime runtime) {
        var init = state.init();
        if (init.isEmpty()) {
            return false;
        }
        String program = Proc.program(init.getAsLong());
        return !Proc.name(init.getAsLong()).matches("(crun|runc).*")
                && !program.equals(runtime.program())
                && !program.startsWith("/memfd:")
                && !program.contains("runc_cloned");
    }

    private EngineException failed(RunState state, String summary) {
        StringBuilder detail = new StringBuilder();
        for (String name : List.of("setup.log", "runtime.log")) {
            Proc.read(state.folder().resolve(name))
                    .map(Commands::lastLines)
                    .ifPresent(text -> detail.append(text).append('\n'));
        }
        String reason = detail.toString().strip();
        return Commands.failure(
                "engine.start",
                reason.isEmpty() || reason.length() > 300 ? summary : summary + " " + reason.replace('\n', ' '),
                reason);
    }

    /** Takes away what a start that failed or was cancelled has made so far. */
    private void abandon(RunState state, OciRuntime runtime) {
        boolean interrupted = Thread.interrupted();
        try {
            state.init().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            Commands.run(
                    engine.elevation()
                            .command(runtime.command(
                                    engine.state().toString(),
                                    "delete",
                                    "--force",
                                    record.spec().id())),
                    "",
                    Commands.TIMEOUT);
            // With nothing left to run it ends by itself, and takes its helpers along.
            for (int i = 0; i < 500 && state.supervisor().isPresent(); i++) {
                Thread.sleep(4);
            }
            if (state.supervisor().isPresent()) {
                ProcessHandle.of(state.supervisor().getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (EngineException | IOException e) {
            Engine.LOG.debug("Nothing to take away of {}", record.spec().id(), e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
