/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that speaks a display protocol as a client. */
@ConsumerType
public interface DisplayProtocol {

    /** As in {@code berth view}: {@code rfb}, {@code rdp}. */
    @AnyThread
    String scheme();

    /** The port it listens on by custom; 0 when there is none. */
    @AnyThread
    int defaultPort();

    /**
     * Joins a display. Returns once the handshake is over and {@link FrameSink#resize} was called for the first time;
     * pixels follow.
     *
     * @throws DisplayException if nothing answers, the server is not what it should be, or the login fails
     */
    @OnWorker
    DisplayConnection connect(
            Endpoint endpoint, DisplayRequest request, FrameSink sink, DisplayListener listener, TaskContext context)
            throws DisplayException, InterruptedException;
}
