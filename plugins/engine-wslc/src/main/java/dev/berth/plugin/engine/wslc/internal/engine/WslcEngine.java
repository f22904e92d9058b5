/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.Json;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import dev.berth.plugin.engine.wslc.internal.text.Listings;
import dev.berth.plugin.engine.wslc.internal.windows.WindowsPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Containers of a session of WSL containers, through the command {@code wslc}. */
final class WslcEngine implements ContainerEngine, AutoCloseable {

    static final String ID = "wslc";
    /** What a container was made from, as Berth named it. */
    static final String IMAGE_LABEL = "dev.berth.image";

    /** The platform's own, and better than an engine elsewhere. */
    private static final int PREFERENCE = 90;

    private final Wslc wslc;
    private final boolean windows;
    private final Path scratch;
    private final StateWatcher watcher = new StateWatcher(this::states);
    private final ChangesExport changes;

    /** @param scratch a folder for archives on their way */
    WslcEngine(EngineSettings settings, HostFacts host, Path scratch) {
        wslc = new Wslc(settings, host);
        windows = host.windows();
        this.scratch = scratch;
        changes = new ChangesExport(wslc, scratch);
    }

    StateWatcher watcher() {
        return watcher;
    }

    ChangesExport changes() {
        return changes;
    }

    Path scratch() {
        return scratch;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "WSL containers";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public EngineReport probe(TaskContext context) throws InterruptedException {
        return new Probe(wslc, Probe.LIMIT).report();
    }

    @Override
    public EngineImage load(ImageContent image, TaskContext context) throws EngineException, InterruptedException {
        return new EngineImage(ID, new ImageLoad(wslc, scratch).load(image, context), image.digest());
    }

    @Override
    public Container create(ContainerSpec spec, TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        check(spec);
        if (find(spec.id(), context).isPresent()) {
            throw new EngineException(
                    "engine.create",
                    ErrorKind.FAILED,
                    "Container " + spec.id() + " cannot be made: there is one of that name.",
                    "",
                    Remedy.NONE,
                    null);
        }
        boolean done = false;
        try {
            CreateArguments arguments = new CreateArguments(labelled(spec));
            boolean gpu = wslc.settings().gpu();
            Program.Outcome outcome = wslc.run(Wslc.LIMIT, arguments.list(gpu));
            if (!outcome.ok() && gpu && isUnsupported(outcome)) {
                // No graphics processor for containers: they do without.
                outcome = wslc.run(Wslc.LIMIT, arguments.list(false));
            }
            if (!outcome.ok()) {
                // Made by somebody else in between: not ours to take away.
                done = HResult.in(outcome.error())
                        .map(code -> code.name().equals("ERROR_ALREADY_EXISTS"))
                        .orElse(false);
                throw Failures.of("engine.create", "Container " + spec.id() + " cannot be made.", outcome);
            }
            WslcContainer container = new WslcContainer(this, wslc, spec.id());
            done = true;
            return container;
        } finally {
            if (!done) {
                discard(spec.id());
            }
        }
    }

    private static boolean isUnsupported(Program.Outcome outcome) {
        return HResult.in(outcome.error())
                .map(code -> code.name().equals("ERROR_NOT_SUPPORTED"))
                .orElse(false);
    }

    private static ContainerSpec labelled(ContainerSpec spec) {
        Map<String, String> labels = new TreeMap<>(spec.labels());
        labels.put(RuntimeFiles.LABEL, spec.runtimeFolder().toAbsolutePath().toString());
        labels.put(IMAGE_LABEL, spec.image().reference());
        return new ContainerSpec(
                spec.id(),
                spec.image(),
                spec.folder(),
                spec.runtimeFolder(),
                spec.command(),
                spec.environment(),
                spec.user(),
                spec.workingFolder(),
                spec.hostname(),
                spec.init(),
                spec.mounts(),
                spec.resources(),
                spec.network(),
                spec.ports(),
                labels);
    }

    /** The command may have made the container although it was cut short. */
    private void discard(String container) {
        boolean interrupted = Thread.interrupted();
        try {
            wslc.run("remove", "--force", "--volumes", Names.container(container));
        } catch (EngineException e) {
            // It does not answer; nothing can be taken away.
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void check(ContainerSpec spec) throws EngineException {
        List<String> wrong = new ArrayList<>();
        if (!spec.image().engine().equals(ID)) {
            wrong.add("its image was made ready for another engine");
        }
        if (spec.init() == ContainerSpec.Init.SYSTEMD) {
            wrong.add("WSL containers cannot run systemd as the first process");
        }
        for (Mount mount : spec.mounts()) {
            if (mount.kind() == Mount.Kind.DEVICE) {
                wrong.add("WSL containers are given no devices (" + mount.source() + ")");
            }
            if (mount.kind() == Mount.Kind.BIND && !Files.exists(Path.of(mount.source()))) {
                wrong.add(mount.source() + " does not exist");
            } else if (mount.kind() == Mount.Kind.BIND && windows && !WindowsPaths.isMountable(mount.source())) {
                wrong.add(mount.source() + " is not on a drive of this computer");
            }
            if (mount.kind() == Mount.Kind.VOLUME && !mount.source().matches(Names.ID)) {
                wrong.add("\"" + mount.source() + "\" is no name for a volume");
            }
        }
        if (!wrong.isEmpty()) {
            throw new EngineException(
                    "engine.spec",
                    ErrorKind.INVALID,
                    "Container " + spec.id() + " cannot be made: " + String.join("; ", wrong) + ".",
                    "",
                    Remedy.NONE,
                    null);
        }
    }

    private Map<String, ContainerState> states() throws EngineException, InterruptedException {
        Program.Outcome outcome = wslc.must(
                "engine.list",
                "WSL does not list its containers.",
                Wslc.LIMIT,
                List.of(
                        "list",
                        "--all",
                        "--no-trunc",
                        "--filter",
                        "label=" + Names.CONTAINER_LABEL,
                        "--format",
                        "json"));
        try {
            Map<String, ContainerState> states = new LinkedHashMap<>();
            for (Listings.Container one : Listings.containers(outcome.out())) {
                String id = Names.plain(one.name());
                if (!id.isEmpty()) {
                    states.put(
                            id,
                            switch (one.state()) {
                                case 1 -> ContainerState.CREATED;
                                case 2 -> ContainerState.RUNNING;
                                case 4 -> ContainerState.REMOVED;
                                default -> ContainerState.STOPPED;
                            });
                }
            }
            return states;
        } catch (IOException e) {
            throw Wslc.notUnderstood(outcome, e);
        }
    }

    @Override
    public List<Container> containers(TaskContext context) throws EngineException, InterruptedException {
        List<Container> containers = new ArrayList<>();
        for (String id : states().keySet()) {
            containers.add(new WslcContainer(this, wslc, id));
        }
        return containers;
    }

    @Override
    public Optional<Container> find(String container, TaskContext context)
            throws EngineException, InterruptedException {
        if (!container.matches(Names.ID)) {
            return Optional.empty();
        }
        Optional<Json> found = wslc.inspect(Names.container(container));
        // A name may also be the beginning of another's id.
        String label = found.orElse(Json.missing())
                .get("Config")
                .get("Labels")
                .get(Names.CONTAINER_LABEL)
                .text();
        return label.equals(container) ? Optional.of(new WslcContainer(this, wslc, container)) : Optional.empty();
    }

    @Override
    public List<String> cleanUp(TaskContext context) throws EngineException, InterruptedException {
        return new CleanUp(wslc, scratch).run();
    }

    @Override
    public void createNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        if (!name.matches(Names.ID)) {
            throw new EngineException(
                    "engine.network",
                    ErrorKind.INVALID,
                    "A network cannot be named " + name + ".",
                    "",
                    Remedy.advice("Use letters, digits, hyphens, dots and underscores."),
                    null);
        }
        if (networks(context).contains(name)) {
            return;
        }
        Program.Outcome outcome = wslc.run("network", "create", "--driver", "bridge", Names.network(name));
        if (!outcome.ok() && !networks(context).contains(name)) {
            throw Failures.of("engine.network", "The network " + name + " cannot be made.", outcome);
        }
    }

    @Override
    public List<String> networks(TaskContext context) throws EngineException, InterruptedException {
        Program.Outcome outcome = wslc.must(
                "engine.network",
                "WSL does not list its networks.",
                Wslc.LIMIT,
                List.of("network", "list", "--format", "json"));
        try {
            return Listings.names(outcome.out()).stream()
                    .map(Names::plain)
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw Wslc.notUnderstood(outcome, e);
        }
    }

    @Override
    public void removeNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        if (!networks(context).contains(name)) {
            return;
        }
        wslc.must(
                "engine.network",
                "The network " + name + " cannot be removed.",
                Wslc.LIMIT,
                List.of("network", "remove", Names.network(name)));
    }

    @Override
    public void close() {
        watcher.close();
    }
}
