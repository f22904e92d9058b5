/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

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
import dev.berth.plugin.engine.wslc.internal.Json;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import java.io.FilterInputStream;
import java.io.IOException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container of a session of WSL containers; known to it by a name made of the id. */
final class WslcContainer implements Container {

    private static final Logger LOG = LoggerFactory.getLogger(WslcContainer.class);
    private static final Duration KILLED = Duration.ofSeconds(30);
    private static final long FIRST_POLL_MILLISECONDS = 20;
    private static final long LONGEST_POLL_MILLISECONDS = 500;

    private final WslcEngine engine;
    private final Wslc wslc;
    private final String id;
    private final String name;

    WslcContainer(WslcEngine engine, Wslc wslc, String id) {
        this.engine = engine;
        this.wslc = wslc;
        this.id = id;
        name = Names.container(id);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ContainerState state() throws EngineException, InterruptedException {
        return state(wslc.inspect(name));
    }

    private static ContainerState state(Optional<Json> found) {
        return found.map(json -> switch (json.get("State").get("Status").text()) {
                    case "created" -> ContainerState.CREATED;
                    case "running" -> ContainerState.RUNNING;
                    case "paused" -> ContainerState.PAUSED;
                    default -> ContainerState.STOPPED;
                })
                .orElse(ContainerState.REMOVED);
    }

    @Override
    public OptionalInt exitCode() throws EngineException, InterruptedException {
        Optional<Json> found = wslc.inspect(name);
        if (state(found) != ContainerState.STOPPED) {
            return OptionalInt.empty();
        }
        Json code = found.orElse(Json.missing()).get("State").get("ExitCode");
        return code.present() ? OptionalInt.of((int) code.number() & 0xff) : OptionalInt.empty();
    }

    @Override
    public void start(TaskContext context) throws EngineException, InterruptedException {
        Optional<Json> found = wslc.inspect(name);
        switch (state(found)) {
            case RUNNING, PAUSED -> {
                return;
            }
            case REMOVED -> throw gone();
            default -> {
                String folder = found.orElse(Json.missing())
                        .get("Config")
                        .get("Labels")
                        .get(RuntimeFiles.LABEL)
                        .text();
                if (!folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
                    RuntimeFiles.bring(wslc, name, Path.of(folder), engine.scratch());
                }
            }
        }
        context.checkCancelled();
        wslc.must("engine.start", "Container " + id + " cannot be started.", Wslc.LIMIT, List.of("start", name));
    }

    @Override
    public void stop(Duration grace, TaskContext context) throws EngineException, InterruptedException {
        if (state() != ContainerState.RUNNING) {
            return;
        }
        if (!grace.isZero()) {
            signal("SIGTERM");
            if (ended(grace)) {
                return;
            }
        }
        signal("SIGKILL");
        if (!ended(KILLED)) {
            throw new EngineException("engine.stop", "Container " + id + " cannot be killed.", null);
        }
    }

    /** One that has ended by itself has nothing to signal; whether it has is looked at afterwards. */
    private void signal(String signal) throws EngineException, InterruptedException {
        Program.Outcome outcome = wslc.run("kill", "--signal", signal, name);
        if (!outcome.ok()) {
            LOG.debug("A signal was not sent: {}", outcome.detail());
        }
    }

    private boolean ended(Duration limit) throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long wait = FIRST_POLL_MILLISECONDS;
        while (true) {
            if (state() != ContainerState.RUNNING) {
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
        Program.Outcome outcome = wslc.run("remove", "--force", "--volumes", name);
        if (!outcome.ok() && !Wslc.isGone(outcome) && state() != ContainerState.REMOVED) {
            throw Failures.of("engine.remove", "Container " + id + " cannot be removed.", outcome);
        }
    }

    @Override
    public ContainerProcess exec(ExecSpec spec, TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        return WslcProcess.start(wslc, name, spec, context);
    }

    @Override
    public Endpoint endpoint(GuestAddress address) {
        return new GuestEndpoint(this, address);
    }

    @Override
    public InputStream logs(boolean follow) throws EngineException, InterruptedException {
        if (state() == ContainerState.REMOVED) {
            throw gone();
        }
        List<String> arguments = new ArrayList<>(List.of("logs"));
        if (follow) {
            arguments.add("--follow");
        }
        arguments.add(name);
        try {
            Process process = wslc.builder(arguments).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new FilterInputStream(process.getInputStream()) {
                @Override
                public void close() throws IOException {
                    process.destroyForcibly();
                    super.close();
                }
            };
        } catch (IOException e) {
            throw new EngineException("engine.logs", "The log of container " + id + " cannot be read.", e);
        }
    }

    @Override
    public ContainerStats stats() throws EngineException, InterruptedException {
        return new Stats(wslc, name).read();
    }

    @Override
    public void pause() throws EngineException {
        throw unable("WSL containers cannot be frozen.");
    }

    @Override
    public void resume() throws EngineException {
        throw unable("WSL containers cannot be frozen.");
    }

    @Override
    public void limit(Resources resources) throws EngineException {
        throw unable("The limits of a WSL container cannot be changed after it was made.");
    }

    private static EngineException unable(String summary) {
        return new EngineException("engine.unable", ErrorKind.FAILED, summary, "", Remedy.NONE, null);
    }

    @Override
    public List<PortMapping> ports() throws EngineException, InterruptedException {
        List<PortMapping> ports = new ArrayList<>();
        wslc.inspect(name).orElseThrow(this::gone).get("Ports").members((guest, bindings) -> {
            String host = bindings.items().stream()
                    .map(binding -> binding.get("HostPort").text())
                    .findFirst()
                    .orElse("");
            if (guest.matches("[0-9]{1,5}/tcp") && host.matches("[0-9]{1,5}")) {
                int number = Integer.parseInt(guest.substring(0, guest.indexOf('/')));
                ports.add(new PortMapping(Integer.parseInt(host), number));
            }
        });
        return ports;
    }

    @Override
    public void exportChanges(OutputStream out, TaskContext context) throws EngineException, InterruptedException {
        Json found = wslc.inspect(name).orElseThrow(this::gone);
        // What Docker's engine mounts or makes on its own account.
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
        for (Json mount : found.get("Mounts").items()) {
            leftOut.add(mount.get("Destination").text().replaceFirst("^/+", ""));
        }
        String image =
                found.get("Config").get("Labels").get(WslcEngine.IMAGE_LABEL).text();
        engine.changes().write(name, image.isEmpty() ? found.get("Image").text() : image, leftOut, out, context);
    }

    @Override
    public Registration onStateChange(Consumer<ContainerState> listener) {
        ContainerState now = null;
        try {
            now = state();
        } catch (EngineException e) {
            LOG.debug("The state of {} is not known yet", id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return engine.watcher().watch(id, now, listener);
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
