/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.error.EngineException;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** An engine whose containers are entries of a map; the real one is tested with the whole of Berth. */
final class FakeEngine implements ContainerEngine {

    final Map<String, FakeContainer> containers = new ConcurrentHashMap<>();
    boolean usable = true;

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public String title() {
        return "Fake";
    }

    @Override
    public int preference() {
        return 1;
    }

    @Override
    public EngineReport probe(TaskContext context) {
        return new EngineReport(usable, "1", usable ? "There." : "Not there.", Set.of(), List.of());
    }

    @Override
    public EngineImage load(ImageContent image, TaskContext context) {
        return new EngineImage("fake", "image", image.digest());
    }

    @Override
    public Container create(ContainerSpec spec, TaskContext context) {
        FakeContainer container = new FakeContainer(this, spec.id());
        containers.put(spec.id(), container);
        return container;
    }

    @Override
    public List<Container> containers(TaskContext context) {
        return List.copyOf(containers.values());
    }

    @Override
    public Optional<Container> find(String id, TaskContext context) {
        return Optional.ofNullable(containers.get(id));
    }

    @Override
    public List<String> cleanUp(TaskContext context) {
        return List.of();
    }

    static final class FakeContainer implements Container {
        private final FakeEngine engine;
        private final String id;
        ContainerState state = ContainerState.CREATED;
        int exitCode;
        String log = "";

        FakeContainer(FakeEngine engine, String id) {
            this.engine = engine;
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public ContainerState state() {
            return state;
        }

        @Override
        public OptionalInt exitCode() {
            return state == ContainerState.STOPPED ? OptionalInt.of(exitCode) : OptionalInt.empty();
        }

        @Override
        public void start(TaskContext context) {
            state = ContainerState.RUNNING;
        }

        @Override
        public void stop(Duration grace, TaskContext context) {
            state = ContainerState.STOPPED;
        }

        @Override
        public void remove(TaskContext context) {
            state = ContainerState.REMOVED;
            engine.containers.remove(id);
        }

        @Override
        public ContainerProcess exec(ExecSpec spec, TaskContext context) throws EngineException {
            throw new EngineException("engine.fake", "Nothing can be run here.", null);
        }

        @Override
        public Endpoint endpoint(GuestAddress address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream logs(boolean follow) {
            return new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public ContainerStats stats() throws EngineException {
            throw new EngineException("engine.fake", "Nothing is counted here.", null);
        }

        @Override
        public void pause() {
            state = ContainerState.PAUSED;
        }

        @Override
        public void resume() {
            state = ContainerState.RUNNING;
        }

        @Override
        public void limit(Resources resources) {}

        @Override
        public List<PortMapping> ports() {
            return List.of();
        }

        @Override
        public void exportChanges(OutputStream out, TaskContext context) {}

        @Override
        public Registration onStateChange(Consumer<ContainerState> listener) {
            return () -> {};
        }
    }
}
