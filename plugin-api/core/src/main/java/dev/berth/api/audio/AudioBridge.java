/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.audio;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.AudioException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that joins a guest's sound server with this host's devices. */
@ConsumerType
public interface AudioBridge {

    /** The sound server it speaks to: {@code pulse}. */
    @AnyThread
    String scheme();

    /** Joins sound; returns once the guest's server has answered. */
    @OnWorker
    AudioStream attach(Endpoint guestServer, AudioSettings settings, TaskContext context)
            throws AudioException, InterruptedException;
}
