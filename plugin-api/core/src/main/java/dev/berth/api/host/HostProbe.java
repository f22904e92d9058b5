/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.host;

import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that tells what its plugin needs from this host and what of that is there. */
@ConsumerType
public interface HostProbe {

    /** The short name of the plugin as in its folder: {@code engine-runc}. */
    String plugin();

    /** Looks again at each call; changes nothing; takes well under a second. */
    @OnWorker
    List<HostCheck> check(TaskContext context) throws InterruptedException;
}
