/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.ShareException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A share on its way into a container: first the mounts, then, once it runs, whatever must be run inside. */
@ConsumerType
public interface PreparedShare extends AutoCloseable {

    /** What the engine must mount when it makes the container. */
    List<Mount> mounts();

    /** Completes the share in the running container. Also called when a running container is found again. */
    @OnWorker
    void attach(Container container, TaskContext context) throws ShareException, InterruptedException;

    /** Ends the share's server side. Idempotent. */
    @Override
    void close();
}
