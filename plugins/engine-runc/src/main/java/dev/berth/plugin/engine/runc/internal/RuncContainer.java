/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.engine.Signal;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import dev.berth.plugin.engine.runc.internal.store.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handle on a container. It keeps nothing that may change: every call looks at the files and at /proc. */
final class RuncContainer implements Container {

    private static final Duration KILLED = Duration.ofSeconds(30);

    private final Engine engine;
    private final String id;
    private final ContainerFiles files;

    RuncContainer(Engine engine, String id, ContainerFiles files) {
        this.engine = engine;
        this.id = id;
        this.files = files;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ContainerState state() throws EngineException {
        try {
            if (!Files.exists(files.record())) {
                return ContainerState.REMOVED;
            }
            Optional<RunState> run = RunState.latest(files);
            if (run.isPresent() && run.get().running()) {
                return run.get().paused() ? ContainerState.PAUSED : ContainerState.RUNNING;
            }
            return run.isPresent() && run.get().begun() ? ContainerState.STOPPED : ContainerState.CREATED;
        } catch (IOException e) {
            throw broken("The state of container " + id + " cannot be read.", e);
        }
    }

    @Override
    public OptionalInt exitCode() throws EngineException {
        try {
            Optional<RunState> run = RunState.latest(files);
            return run.isPresent() ? run.get().exitCode() : OptionalInt.empty();
        } catch (IOException e) {
            throw broken("The state of container " + id + " cannot be read.", e);
        }
    }

    @Override
    public void start(TaskContext context) throws EngineException, InterruptedException {
        locked(() -> {
            settle();
            if (init().isEmpty()) {
                new Starter(engine, record(), files).start(context);
            }
            return Optional.empty();
        });
    }

    /**
     * Waits while the supervisor is on the way: it still starts the first process for a Berth that was killed, or takes
     * things away after its end. One that has not come yet will not.
     */
    private void settle() throws IOException, InterruptedException {
        Optional<RunState> run = latest();
        if (run.isPresent()) {
            run.get().callOff();
        }
        long deadline = System.nanoTime() + KILLED.toNanos();
        while (run.isPresent()
                && run.get().supervisor().isPresent()
                && !run.get().running()
                && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
    }

    @Override
    public void stop(Duration grace, TaskContext context) throws EngineException, InterruptedException {
        locked(() -> {
            end(grace, context);
            return Optional.empty();
        });
    }

    private void end(Duration grace, @Nullable TaskContext context)
            throws EngineException, IOException, InterruptedException {
        settle();
        OptionalLong init = init();
        if (init.isEmpty()) {
            return;
        }
        Signal polite = record().spec().init() == ContainerSpec.Init.SYSTEMD ? Signal.RTMIN_PLUS_3 : Signal.TERM;
        if (!grace.isZero()) {
            engine.signals().send(init.getAsLong(), polite);
        }
        thaw(init.getAsLong());
        long deadline = System.nanoTime() + grace.toNanos();
        while (init().isPresent() && System.nanoTime() < deadline) {
            if (context != null) {
                context.checkCancelled();
            }
            Thread.sleep(5);
        }
        kill();
        engine.networks().settle(record().spec());
    }

    /** The kernel ends all processes of a pid namespace with its first one. */
    private void kill() throws EngineException, IOException, InterruptedException {
        long deadline = System.nanoTime() + KILLED.toNanos();
        settle();
        for (OptionalLong init = init(); init.isPresent(); init = init()) {
            engine.signals().send(init.getAsLong(), Signal.KILL);
            thaw(init.getAsLong());
            Thread.sleep(2);
            if (System.nanoTime() > deadline) {
                throw Commands.failure(
                        "engine.stop", "Container " + id + " cannot be killed.", "pid " + init.getAsLong());
            }
        }
        settle();
    }

    private void thaw(long pid) throws IOException {
        Optional<Cgroups> groups = Cgroups.of(pid);
        if (groups.isPresent() && groups.get().frozen()) {
            groups.get().freeze(false);
        }
    }

    @Override
    public void remove(TaskContext context) throws EngineException, InterruptedException {
        locked(() -> {
            if (Files.exists(files.record())) {
                ContainerRecord record = record();
                kill();
                engine.networks().settle(record.spec());
                engine.networks().forget(record.spec());
                // From here on it is gone for everybody; what remains is deleting files.
                Files.deleteIfExists(files.record());
            }
            discard(engine, id, files);
            return Optional.empty();
        });
    }

    /** Deletes what a container has on disk, except what its folder held before. */
    static void discard(Engine engine, String id, ContainerFiles files)
            throws EngineException, IOException, InterruptedException {
        engine.delete(List.of(files.upper(), files.work()));
        Trees.delete(files.logs());
        Trees.delete(files.bundle());
        Files.deleteIfExists(engine.home().entry(id));
        if (engine.home().ids().isEmpty()) {
            Cgroups.removeEmpty(engine.home().mark());
        }
    }

    @Override
    public ContainerProcess exec(ExecSpec spec, TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        try {
            ContainerRecord record = record();
            long init = requireRunning();
            return new Executor(engine, record, files, init).exec(spec);
        } catch (IOException e) {
            throw broken("The command cannot be run in container " + id + ".", e);
        }
    }

    @Override
    public Endpoint endpoint(GuestAddress address) {
        return new GuestEndpoint(this, address);
    }

    @Override
    public InputStream logs(boolean follow) throws EngineException {
        try {
            return new LogStream(
                    files, follow, () -> state() == ContainerState.RUNNING || state() == ContainerState.PAUSED);
        } catch (IOException e) {
            throw broken("The log of container " + id + " cannot be read.", e);
        }
    }

    @Override
    public ContainerStats stats() throws EngineException {
        return new StatsReader().read(requireRunning());
    }

    @Override
    public void pause() throws EngineException {
        freeze(true);
    }

    @Override
    public void resume() throws EngineException {
        freeze(false);
    }

    private void freeze(boolean frozen) throws EngineException {
        long init = requireRunning();
        try {
            Cgroups groups = groups(init);
            groups.freeze(frozen);
        } catch (IOException e) {
            throw broken("Container " + id + " cannot be " + (frozen ? "frozen" : "thawed") + " on this host.", e);
        }
    }

    @Override
    public void limit(Resources resources) throws EngineException, InterruptedException {
        locked(() -> {
            OptionalLong init = init();
            if (init.isPresent()) {
                groups(init.getAsLong()).limit(resources);
            }
            record().with(resources).write(files.record());
            return Optional.empty();
        });
    }

    /** The control groups of our own making; writing to those of the whole host would be a disaster. */
    private Cgroups groups(long init) throws IOException {
        return Cgroups.of(init)
                .filter(groups -> groups.within(engine.home().mark() + "/" + id))
                .orElseThrow(() -> new IOException("no control group of its own"));
    }

    @Override
    public List<PortMapping> ports() throws EngineException {
        try {
            return init().isPresent()
                    ? PublishedPorts.read(files)
                    : record().spec().ports();
        } catch (IOException e) {
            throw broken("The ports of container " + id + " cannot be read.", e);
        }
    }

    @Override
    public void exportChanges(OutputStream out, TaskContext context) throws EngineException, InterruptedException {
        try {
            new ChangesExport(engine, record(), files).write(out, context);
        } catch (IOException e) {
            throw broken("The changes of container " + id + " cannot be written.", e);
        }
    }

    @Override
    public Registration onStateChange(Consumer<ContainerState> listener) {
        ContainerState now;
        try {
            now = state();
        } catch (EngineException e) {
            now = null;
        }
        return engine.watcher().watch(this, listener, now);
    }

    /** The first process' pid on this host. */
    long requireRunning() throws EngineException {
        OptionalLong init;
        try {
            init = init();
        } catch (IOException e) {
            throw broken("The state of container " + id + " cannot be read.", e);
        }
        return init.orElseThrow(() -> new EngineException(
                "engine.stopped",
                ErrorKind.FAILED,
                "Container " + id + " does not run.",
                "",
                Remedy.advice("Start the session first."),
                null));
    }

    /** The record that create wrote. */
    ContainerRecord record() throws IOException, EngineException {
        if (!Files.exists(files.record())) {
            throw new EngineException("engine.removed", "Container " + id + " does not exist any more.", null);
        }
        return ContainerRecord.read(files.record());
    }

    Engine engine() {
        return engine;
    }

    private Optional<RunState> latest() throws IOException {
        return RunState.latest(files);
    }

    private OptionalLong init() throws IOException {
        Optional<RunState> run = latest();
        return run.isPresent() ? run.get().init() : OptionalLong.empty();
    }

    private interface Work {
        Optional<Void> run() throws EngineException, IOException, InterruptedException;
    }

    private void locked(Work work) throws EngineException, InterruptedException {
        try {
            engine.home().<Optional<Void>, EngineException>locked("container-" + id, work::run);
        } catch (IOException e) {
            throw broken("Container " + id + " cannot be changed.", e);
        }
    }

    private static EngineException broken(String summary, IOException cause) {
        return new EngineException("engine.io", summary, cause);
    }

    @Override
    public String toString() {
        return "container " + id;
    }
}
