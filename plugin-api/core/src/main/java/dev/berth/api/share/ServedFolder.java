/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import org.osgi.annotation.versioning.ConsumerType;

/** A folder while it is served. Closing it ends the server, its connections and its socket. */
@ConsumerType
@AnyThread
public interface ServedFolder extends Registration {

    /** Where it listens, with the port it was given when any free one was asked for. */
    ListenAddress address();

    /** What a client must present to be let in; empty where the socket's permissions are what protects it. */
    String secret();

    /** The command by which a Linux client mounts it, for a person to copy. Holds the secret. */
    String mountCommand();
}
