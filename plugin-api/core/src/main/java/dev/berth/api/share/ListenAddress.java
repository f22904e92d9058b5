/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.share;

import java.nio.file.Path;
import java.util.Objects;

/** Where a server of this host listens. */
public sealed interface ListenAddress {

    /**
     * A unix socket, made with mode 0600.
     *
     * @param path absolute; nothing but a dead socket may be there
     */
    record UnixSocket(Path path) implements ListenAddress {
        public UnixSocket {
            Objects.requireNonNull(path, "path");
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("a socket's path is absolute: " + path);
            }
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * A TCP port.
     *
     * @param host a literal address or a name of this host
     * @param port 0 to 65535; 0 means any free one
     */
    record Tcp(String host, int port) implements ListenAddress {
        public Tcp {
            if (host.isEmpty()) {
                throw new IllegalArgumentException("a TCP address needs a host");
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
        }

        @Override
        public String toString() {
            return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** Parses {@code unix:/path} or {@code tcp:HOST:PORT}; an IPv6 literal stands in brackets. */
    static ListenAddress parse(String text) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new UnixSocket(Path.of(text.substring(5)).toAbsolutePath().normalize());
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("tcp:") && colon > 4) {
            String host = text.substring(4, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            try {
                return new Tcp(host, Integer.parseInt(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("not a port: " + text.substring(colon + 1), e);
            }
        }
        throw new IllegalArgumentException("write an address as unix:/path or tcp:HOST:PORT, not " + text);
    }
}
