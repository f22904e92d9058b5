/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A container. The object is a handle: several may stand for the same container, also in different processes, and none
 * of them going away changes the container.
 */
@ConsumerType
@OnWorker
public interface Container {

    /** The id from its specification. */
    @AnyThread
    String id();

    /** The state now, asked of the engine. */
    ContainerState state() throws EngineException, InterruptedException;

    /** The exit code of the first process if the container is {@link ContainerState#STOPPED} and the engine kept it. */
    OptionalInt exitCode() throws EngineException, InterruptedException;

    /** Starts or restarts the first process. */
    void start(TaskContext context) throws EngineException, InterruptedException;

    /**
     * Asks the first process to end and kills everything in the container after {@code grace}. Nothing happens when it
     * does not run. When this returns no process of the container is left.
     */
    void stop(Duration grace, TaskContext context) throws EngineException, InterruptedException;

    /** Removes the container with its writable layer, killing what still runs. Idempotent. */
    void remove(TaskContext context) throws EngineException, InterruptedException;

    /** Runs a command. */
    ContainerProcess exec(ExecSpec spec, TaskContext context) throws EngineException, InterruptedException;

    /** A server inside, to connect to; nothing is opened yet. */
    @AnyThread
    Endpoint endpoint(GuestAddress address);

    /**
     * What the first process wrote to its outputs, oldest first.
     *
     * @param follow whether the stream goes on with what is written later, until it is closed or the container ends
     */
    InputStream logs(boolean follow) throws EngineException, InterruptedException;

    /** What it uses now. */
    ContainerStats stats() throws EngineException, InterruptedException;

    /** Freezes all its processes; needs {@link EngineCapability#PAUSE}. */
    void pause() throws EngineException, InterruptedException;

    /** Thaws them. */
    void resume() throws EngineException, InterruptedException;

    /** Changes the limits; needs {@link EngineCapability#LIVE_RESOURCE_LIMITS} when it runs. */
    void limit(Resources resources) throws EngineException, InterruptedException;

    /** Host ports as they are, for ports published as 0. */
    List<PortMapping> ports() throws EngineException, InterruptedException;

    /**
     * Writes what differs from the image as an OCI layer: an uncompressed tar archive with white-outs. Needs
     * {@link EngineCapability#EXPORT_CHANGES}. Mounts are left out. Pause a running container first for a consistent
     * result.
     */
    void exportChanges(OutputStream out, TaskContext context) throws EngineException, InterruptedException;

    /**
     * Tells of each change of state, also those that somebody else caused, on a thread of the engine's. States may be
     * skipped: the latest is told.
     */
    @AnyThread
    Registration onStateChange(Consumer<ContainerState> listener);
}
