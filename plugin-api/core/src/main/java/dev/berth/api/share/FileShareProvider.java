/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.error.ShareException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that makes host folders appear in containers. */
@ConsumerType
public interface FileShareProvider {

    /** Short id: {@code bind}, {@code 9p}. */
    @AnyThread
    String id();

    /**
     * How well it suits an engine; more is better, 0 or less means not at all.
     *
     * @param engine what the engine can do
     */
    @AnyThread
    int suits(Set<EngineCapability> engine);

    /** Checks the folder and prepares the share; nothing is visible in any container yet. */
    @OnWorker
    PreparedShare prepare(ShareSpec spec, TaskContext context) throws ShareException, InterruptedException;
}
