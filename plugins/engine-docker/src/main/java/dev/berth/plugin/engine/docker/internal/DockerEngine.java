/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.docker.internal.http.Request;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Containers of a Docker or Podman engine, on this host or another. */
final class DockerEngine implements ContainerEngine, AutoCloseable {

    private static final String ID = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

    private final String id;
    private final String title;
    private final int preference;
    private final Api api;
    private final StateWatcher watcher;
    private final AtomicReference<@Nullable Host> host = new AtomicReference<>();

    DockerEngine(String id, String title, int preference, Transport transport) {
        this.id = id;
        this.title = title;
        this.preference = preference;
        api = new Api(transport);
        watcher = new StateWatcher(api);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int preference() {
        return preference;
    }

    @Override
    public EngineReport probe(TaskContext context) throws InterruptedException {
        host.set(null);
        return new Probe(api).report();
    }

    private Host host() throws EngineException, InterruptedException {
        Host known = host.get();
        if (known == null) {
            known = Host.ask(api);
            host.set(known);
        }
        return known;
    }

    @Override
    public EngineImage load(ImageContent image, TaskContext context) throws EngineException, InterruptedException {
        return new EngineImage(id, new ImageLoad(api).load(image, context), image.digest());
    }

    @Override
    public Container create(ContainerSpec spec, TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        Host where = host();
        check(spec, where);
        CreateBody body = new CreateBody(spec, where.sharesFolders());
        String what = "Container " + spec.id() + " cannot be made.";
        boolean done = false;
        try {
            Answer answer = api.server().podman()
                    ? api.send(
                            Request.of("POST", Podman.PATH + "/containers/create")
                                    .json(Json.print(body.podman())),
                            Api.LIMIT)
                    : api.post("/containers/create?name=" + Names.container(spec.id()), body.docker());
            if (!answer.ok()) {
                // It was made by somebody else: not ours to take away.
                done = true;
                throw answer.failure("engine.create", what);
            }
            DockerContainer container = new DockerContainer(api, watcher, spec.id());
            done = true;
            return container;
        } finally {
            if (!done) {
                discard(spec.id());
            }
        }
    }

    /** The engine may have made the container although its answer never came. */
    private void discard(String container) {
        boolean interrupted = Thread.interrupted();
        try {
            api.delete("/containers/" + Names.container(container) + "?force=true&v=true");
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

    private void check(ContainerSpec spec, Host where) throws EngineException {
        List<String> wrong = new ArrayList<>();
        if (!spec.image().engine().equals(id)) {
            wrong.add("its image was made ready for another engine");
        }
        if (spec.init() == ContainerSpec.Init.SYSTEMD) {
            wrong.add("this engine cannot run systemd as the first process");
        }
        for (Mount mount : spec.mounts()) {
            if (mount.kind() == Mount.Kind.BIND && !where.here()) {
                wrong.add("the engine is on another machine and cannot mount " + mount.source());
            } else if (mount.kind() == Mount.Kind.BIND && !Files.exists(Path.of(mount.source()))) {
                wrong.add(mount.source() + " does not exist");
            }
            if (mount.kind() == Mount.Kind.VOLUME && !mount.source().matches(ID)) {
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

    @Override
    public List<Container> containers(TaskContext context) throws EngineException, InterruptedException {
        Json all = api.get("/containers/json?all=true&filters=" + Names.labelFilter(Names.CONTAINER_LABEL))
                .orFail("The engine does not list its containers.")
                .json();
        List<Container> containers = new ArrayList<>();
        for (Json one : all.items()) {
            String label = one.get("Labels").get(Names.CONTAINER_LABEL).text();
            if (label.matches(ID)) {
                containers.add(new DockerContainer(api, watcher, label));
            }
        }
        return containers;
    }

    @Override
    public Optional<Container> find(String container, TaskContext context)
            throws EngineException, InterruptedException {
        if (!container.matches(ID)) {
            return Optional.empty();
        }
        Answer answer = api.get("/containers/" + Names.container(container) + "/json");
        if (answer.notFound()) {
            return Optional.empty();
        }
        String label = answer.orFail("The engine does not tell about container " + container + ".")
                .json()
                .get("Config")
                .get("Labels")
                .get(Names.CONTAINER_LABEL)
                .text();
        return label.equals(container) ? Optional.of(new DockerContainer(api, watcher, container)) : Optional.empty();
    }

    @Override
    public List<String> cleanUp(TaskContext context) throws EngineException, InterruptedException {
        return new ImageSweep(api).run();
    }

    @Override
    public void createNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        if (!name.matches(ID)) {
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
        Map<String, String> labels = Map.of(Names.NETWORK_LABEL, name);
        Answer answer = api.server().podman()
                ? api.send(
                        Request.of("POST", Podman.PATH + "/networks/create")
                                .json(Json.print(Json.object(
                                        "name",
                                        Names.network(name),
                                        "driver",
                                        "bridge",
                                        "dns_enabled",
                                        true,
                                        "labels",
                                        labels,
                                        // Docker keeps networks apart by itself.
                                        "options",
                                        Map.of("isolate", "true")))),
                        Api.LIMIT)
                : api.post(
                        "/networks/create",
                        Json.object("Name", Names.network(name), "Driver", "bridge", "Labels", labels));
        if (!answer.ok() && !networks(context).contains(name)) {
            throw answer.failure("engine.network", "The network " + name + " cannot be made.");
        }
    }

    @Override
    public List<String> networks(TaskContext context) throws EngineException, InterruptedException {
        boolean podman = api.server().podman();
        // Asked in Docker's words, Podman 4 forgets the options of its networks, and with them that they are apart.
        Answer answer = podman
                ? api.send(Request.of("GET", Podman.PATH + "/networks/json"), Api.LIMIT)
                : api.get("/networks?filters=" + Names.labelFilter(Names.NETWORK_LABEL));
        return answer.orFail("The engine does not list its networks.").json().items().stream()
                .map(network -> network.get(podman ? "labels" : "Labels")
                        .get(Names.NETWORK_LABEL)
                        .text())
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public void removeNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        if (!networks(context).contains(name)) {
            return;
        }
        api.delete("/networks/" + Names.network(name)).orFail("The network " + name + " cannot be removed.");
    }

    /** Whether anything can still be asked of it is up to the engine; this only lets go of connections. */
    @Override
    public void close() {
        watcher.close();
        api.close();
    }
}
