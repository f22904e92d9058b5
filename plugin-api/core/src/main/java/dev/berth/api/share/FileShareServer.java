/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import dev.berth.api.error.ShareException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that serves a host folder over a file protocol, outside of any session: {@code berth share serve}. */
@ConsumerType
public interface FileShareServer {

    /** Short id of the protocol: {@code 9p}. */
    @AnyThread
    String id();

    /** Starts to serve and returns as soon as clients can connect. The server runs on threads of its own. */
    @OnWorker
    ServedFolder serve(ServeSpec spec, TaskContext context) throws ShareException, InterruptedException;
}
