/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.channel;

import java.util.List;
import java.util.Objects;

/** Where something listens inside a container, or what is run there to talk to. */
public sealed interface GuestAddress {

    /**
     * A unix socket.
     *
     * @param path absolute, in the guest
     */
    record UnixSocket(String path) implements GuestAddress {
        public UnixSocket {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * A TCP port on the guest's loopback.
     *
     * @param port 1 to 65535
     */
    record Tcp(int port) implements GuestAddress {
        public Tcp {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
        }
    }

    /** A command run inside, whose standard input and output are the channel. */
    record Command(List<String> command) implements GuestAddress {
        public Command {
            command = List.copyOf(command);
        }
    }
}
