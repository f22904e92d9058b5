/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.docker.internal.http.HttpClient;
import dev.berth.plugin.engine.docker.internal.http.Request;
import dev.berth.plugin.engine.docker.internal.stdio.FramedInput;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A container that the engine keeps; known to it by a name made of the id. */
final class DockerContainer implements Container {

    private static final Duration KILLED = Duration.ofSeconds(30);
    private static final long FIRST_POLL_MILLISECONDS = 10;
    private static final long LONGEST_POLL_MILLISECONDS = 200;
    /** How often an engine that fails is asked about a container, and how long it gets in between. */
    private static final int LOOKS = 4;

    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Api api;
    private final StateWatcher watcher;
    private final String id;
    private final String name;
    /** The runtime folder if it is mounted; {@code null} while that is not known. */
    private volatile @Nullable Optional<Path> mounted;

    DockerContainer(Api api, StateWatcher watcher, String id) {
        this.api = api;
        this.watcher = watcher;
        this.id = id;
        name = Names.container(id);
    }

    Api api() {
        return api;
    }

    @Override
    public String id() {
        return id;
    }

    private Answer look() throws EngineException, InterruptedException {
        Answer answer = api.get("/containers/" + name + "/json");
        for (int again = 1; again < LOOKS && answer.status() >= 500; again++) {
            // Podman 4 reads /proc of the first process, and fails while that ends.
            Thread.sleep(LOOK_AGAIN_MILLIS);
            answer = api.get("/containers/" + name + "/json");
        }
        return answer.notFound() ? answer : answer.orFail("The engine does not tell how container " + id + " stands.");
    }

    @Override
    public ContainerState state() throws EngineException, InterruptedException {
        return state(look());
    }

    private static ContainerState state(Answer answer) {
        if (answer.notFound()) {
            return ContainerState.REMOVED;
        }
        Json state = answer.json().get("State");
        return switch (state.get("Status").text()) {
            case "created", "configured", "initialized" -> ContainerState.CREATED;
            case "running", "restarting", "stopping" -> ContainerState.RUNNING;
            case "paused" -> ContainerState.PAUSED;
            default -> ContainerState.STOPPED;
        };
    }

    @Override
    public OptionalInt exitCode() throws EngineException, InterruptedException {
        Answer answer = look();
        Json code = answer.json().get("State").get("ExitCode");
        return state(answer) == ContainerState.STOPPED && code.present()
                ? OptionalInt.of((int) code.number() & 0xff)
                : OptionalInt.empty();
    }

    @Override
    public void start(TaskContext context) throws EngineException, InterruptedException {
        Answer before = look();
        switch (state(before)) {
            case RUNNING, PAUSED -> {
                return;
            }
            case REMOVED -> throw gone();
            default -> {
                String folder = before.json()
                        .get("Config")
                        .get("Labels")
                        .get(RuntimeFiles.LABEL)
                        .text();
                if (!folder.isEmpty()) {
                    bringFiles(Path.of(folder));
                }
            }
        }
        api.post("/containers/" + name + "/start").orFail("Container " + id + " cannot be started.");
    }

    private void bringFiles(Path folder) throws EngineException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            // Another host's: the files that came with the last start are still there.
            return;
        }
        Request request = api.request("PUT", "/containers/" + name + "/archive?path=%2F")
                .archive(out -> RuntimeFiles.write(folder, out));
        api.send(request, Api.LIMIT).orFail("The files that container " + id + " needs cannot be brought into it.");
    }

    @Override
    public void stop(Duration grace, TaskContext context) throws EngineException, InterruptedException {
        ContainerState state = state();
        if (state != ContainerState.RUNNING && state != ContainerState.PAUSED) {
            return;
        }
        boolean polite = !grace.isZero();
        if (polite) {
            signal("TERM");
        }
        if (state == ContainerState.PAUSED) {
            // The signal waits for it.
            api.post("/containers/" + name + "/unpause");
            if (polite) {
                signal("TERM");
            }
        }
        if (polite && ended(grace)) {
            return;
        }
        signal("KILL");
        if (!ended(KILLED)) {
            throw new EngineException("engine.stop", "Container " + id + " cannot be killed.", null);
        }
    }

    /** An engine that finds no running container has nothing to signal. */
    private void signal(String signal) throws EngineException, InterruptedException {
        api.post("/containers/" + name + "/kill?signal=" + signal);
    }

    private boolean ended(Duration limit) throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long wait = FIRST_POLL_MILLISECONDS;
        while (true) {
            ContainerState state = state();
            if (state != ContainerState.RUNNING && state != ContainerState.PAUSED) {
                return true;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            Thread.sleep(Math.min(wait, left));
            wait = Math.min(2 * wait, LONGEST_POLL_MILLISECONDS);
        }
    }

    @Override
    public void remove(TaskContext context) throws EngineException, InterruptedException {
        Answer answer = api.delete("/containers/" + name + "?force=true&v=true");
        if (!answer.ok() && state() != ContainerState.REMOVED) {
            throw answer.failure("engine.remove", "Container " + id + " cannot be removed.");
        }
    }

    @Override
    public ContainerProcess exec(ExecSpec spec, TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        return ExecCalls.start(api, name, spec);
    }

    @Override
    public Endpoint endpoint(GuestAddress address) {
        return new GuestEndpoint(this, address);
    }

    /** The host's folder behind the guest's runtime folder, where both are the same. */
    Optional<Path> mountedRuntimeFolder() {
        Optional<Path> known = mounted;
        if (known == null) {
            try {
                known = look().json().get("Mounts").items().stream()
                        .filter(mount -> mount.get("Destination").text().equals(Names.RUNTIME_FOLDER))
                        .map(mount -> Path.of(mount.get("Source").text()))
                        .findFirst();
                mounted = known;
            } catch (EngineException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return known;
    }

    @Override
    public InputStream logs(boolean follow) throws EngineException, InterruptedException {
        Request request =
                api.request("GET", "/containers/" + name + "/logs?stdout=1&stderr=1&follow=" + (follow ? 1 : 0));
        HttpClient.Response response = api.stream(request, "The log of container " + id + " cannot be read.");
        return new FramedInput(response.body(), response::abort);
    }

    @Override
    public ContainerStats stats() throws EngineException, InterruptedException {
        return Stats.of(api.get("/containers/" + name + "/stats?stream=false&one-shot=true")
                .orFail("The engine does not tell what container " + id + " uses.")
                .json());
    }

    @Override
    public void pause() throws EngineException, InterruptedException {
        api.post("/containers/" + name + "/pause").orFail("Container " + id + " cannot be frozen.");
    }

    @Override
    public void resume() throws EngineException, InterruptedException {
        api.post("/containers/" + name + "/unpause").orFail("Container " + id + " cannot be thawed.");
    }

    @Override
    public void limit(Resources resources) throws EngineException, InterruptedException {
        String what = "The limits of container " + id + " cannot be changed.";
        if (api.server().podman()) {
            String path = Podman.PATH + "/containers/" + name + "/update";
            api.send(Request.of("POST", path).json(Json.print(CreateBody.podmanLimits(resources))), Api.LIMIT)
                    .orFail(what);
        } else {
            api.post("/containers/" + name + "/update", CreateBody.limits(resources))
                    .orFail(what);
        }
    }

    @Override
    public List<PortMapping> ports() throws EngineException, InterruptedException {
        Json answer = look().json();
        List<PortMapping> ports = new ArrayList<>();
        read(answer.get("NetworkSettings").get("Ports"), ports);
        if (ports.isEmpty()) {
            read(answer.get("HostConfig").get("PortBindings"), ports);
        }
        return ports;
    }

    private static void read(Json ports, List<PortMapping> into) {
        ports.members((guest, bindings) -> {
            String host = bindings.items().stream()
                    .map(binding -> binding.get("HostPort").text())
                    .findFirst()
                    .orElse("");
            if (guest.matches("[0-9]{1,5}/tcp") && host.matches("[0-9]{0,5}")) {
                int number = Integer.parseInt(guest.substring(0, guest.indexOf('/')));
                into.add(new PortMapping(host.isEmpty() ? 0 : Integer.parseInt(host), number));
            }
        });
    }

    @Override
    public void exportChanges(OutputStream out, TaskContext context) throws EngineException, InterruptedException {
        Answer answer = look();
        if (answer.notFound()) {
            throw gone();
        }
        // What an engine mounts or makes on its own account; Podman keeps these in the writable layer.
        Set<String> leftOut = new HashSet<>(Set.of(
                "dev",
                "proc",
                "sys",
                "etc/hosts",
                "etc/hostname",
                "etc/resolv.conf",
                "etc/mtab",
                "run/berth",
                "run/.containerenv",
                "run/secrets",
                ".dockerenv"));
        for (Json mount : answer.json().get("Mounts").items()) {
            leftOut.add(mount.get("Destination").text().replaceFirst("^/+", ""));
        }
        new LayerExport(api, name, leftOut).write(out, context);
    }

    @Override
    public Registration onStateChange(Consumer<ContainerState> listener) {
        return watcher.watch(this, listener);
    }

    private EngineException gone() {
        return new EngineException(
                "engine.removed",
                ErrorKind.FAILED,
                "Container " + id + " does not exist any more.",
                "",
                Remedy.NONE,
                null);
    }

    @Override
    public String toString() {
        return "container " + id;
    }
}
