/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.channel;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Something that can be connected to, any number of times: a server inside a session, or one on a network. */
@ConsumerType
public interface Endpoint {

    /**
     * Opens a new duplex channel. Reads and writes may come from two different threads; both block; closing the channel
     * from any thread wakes them up with a {@link java.nio.channels.ClosedChannelException} or end of stream.
     *
     * @throws BerthException if nothing answers there
     */
    @OnWorker
    ByteChannel open(TaskContext context) throws BerthException, InterruptedException;

    /** The address for a person and for the log; without secrets. */
    String describe();

    /** The name or number of the host as the person gave it, to compare with a certificate; empty when there is none. */
    default String host() {
        return "";
    }

    /**
     * Whether the bytes stay on this machine, so that compression costs more than it saves.
     */
    default boolean local() {
        return false;
    }

    /** The unix socket of this host behind the endpoint, for protocols that pass descriptors; empty when there is none. */
    default Optional<Path> unixSocket() {
        return Optional.empty();
    }
}
