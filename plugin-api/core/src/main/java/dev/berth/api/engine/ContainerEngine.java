/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import dev.berth.api.error.EngineException;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that runs containers. Calls block and may come from several threads and processes at once. */
@ConsumerType
@OnWorker
public interface ContainerEngine {

    /** Short id, as in {@code --engine}: {@code runc}, {@code docker}, {@code wslc}. */
    @AnyThread
    String id();

    /** The name for a person. */
    @AnyThread
    String title();

    /** How much it is to be preferred over others that are usable here; more is better. A native runtime says 100. */
    @AnyThread
    int preference();

    /** Looks at this host and tells what is there and what is missing. Changes nothing. Under a second. */
    EngineReport probe(TaskContext context) throws InterruptedException;

    /** Makes an image ready to be run; quick when it was done before. */
    EngineImage load(ImageContent image, TaskContext context) throws EngineException, InterruptedException;

    /**
     * Makes a container, not started. When this throws, nothing of it is left.
     *
     * @throws EngineException also when a container of that id exists
     */
    Container create(ContainerSpec spec, TaskContext context) throws EngineException, InterruptedException;

    /** The containers that Berth made with this engine, in any process of this user, running or not. */
    List<Container> containers(TaskContext context) throws EngineException, InterruptedException;

    /** A container by its id. */
    Optional<Container> find(String id, TaskContext context) throws EngineException, InterruptedException;

    /**
     * Takes away what dead processes left: mounts, network namespaces, half-made containers. Running containers are not
     * touched.
     *
     * @return what was mended, one sentence each
     */
    List<String> cleanUp(TaskContext context) throws EngineException, InterruptedException;

    /** Makes a named network; needs {@link EngineCapability#NAMED_NETWORKS}. Nothing happens if it exists. */
    default void createNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        throw new EngineException("engine.networks", title() + " has no named networks.", null);
    }

    /** The named networks that Berth made with this engine. */
    default List<String> networks(TaskContext context) throws EngineException, InterruptedException {
        return List.of();
    }

    /** Removes a named network that no container is on. */
    default void removeNetwork(String name, TaskContext context) throws EngineException, InterruptedException {
        throw new EngineException("engine.networks", title() + " has no named networks.", null);
    }
}
