/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.error.EngineException;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.testing.Archive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Runs nothing: a command is noted, and its change is a file that holds it. */
final class PretendEngine implements ContainerEngine {

    final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Container> containers = new ConcurrentHashMap<>();
    final CountDownLatch hanging = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);

    void leave(String id) {
        containers.put(id, new PretendContainer(id, ""));
    }

    @Override
    public String id() {
        return "pretend";
    }

    @Override
    public String title() {
        return "Pretence";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public EngineReport probe(TaskContext context) {
        return new EngineReport(true, "1", "fine", java.util.Set.of(EngineCapability.EXPORT_CHANGES), List.of());
    }

    @Override
    public EngineImage load(ImageContent image, TaskContext context) {
        return new EngineImage("pretend", image.digest().hex(), image.digest());
    }

    @Override
    public Container create(ContainerSpec spec, TaskContext context) {
        String command = String.join(", ", spec.command());
        commands.add(command);
        Container container = new PretendContainer(spec.id(), command);
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

    private final class PretendContainer implements Container {

        private final String id;
        private final String command;

        PretendContainer(String id, String command) {
            this.id = id;
            this.command = command;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public ContainerState state() {
            return ContainerState.STOPPED;
        }

        @Override
        public OptionalInt exitCode() {
            return OptionalInt.of(command.contains("FAIL") ? 7 : 0);
        }

        @Override
        public void start(TaskContext context) throws InterruptedException {
            if (command.contains("SLOW")) {
                Thread.sleep(200);
            }
            if (command.contains("HANG")) {
                hanging.countDown();
                new CountDownLatch(1).await();
            }
        }

        @Override
        public void stop(Duration grace, TaskContext context) {}

        @Override
        public void remove(TaskContext context) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("a removal must not be cut short");
            }
            containers.remove(id);
        }

        @Override
        public InputStream logs(boolean follow) {
            return new ByteArrayInputStream("working\nit broke\n".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void exportChanges(OutputStream out, TaskContext context) throws EngineException {
            try {
                out.write(new Archive().file("changed", command).bytes());
            } catch (IOException e) {
                throw new EngineException("engine.export", "broken", e);
            }
        }

        @Override
        public ContainerProcess exec(ExecSpec spec, TaskContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Endpoint endpoint(GuestAddress address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ContainerStats stats() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void limit(Resources resources) {}

        @Override
        public List<PortMapping> ports() {
            return List.of();
        }

        @Override
        public Registration onStateChange(Consumer<ContainerState> listener) {
            return () -> {};
        }
    }
}
