/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A unix socket of this host, or a TCP port without any protection. */
public final class SocketTransport implements Transport {

    private final String host;
    private final int port;
    private final Path path;

    private SocketTransport(String host, int port, Path path) {
        this.host = host;
        this.port = port;
        this.path = path;
    }

    /** A unix socket. */
    public static SocketTransport unix(Path path) {
        return new SocketTransport("", 0, path);
    }

    /** A TCP port; anybody on the way reads along. */
    public static SocketTransport tcp(String host, int port) {
        return new SocketTransport(host, port, Path.of(""));
    }

    @Override
    public Duplex open() throws IOException {
        SocketChannel channel = host.isEmpty() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.connect(address());
            if (!host.isEmpty()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            return new ChannelDuplex(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private SocketAddress address() throws IOException {
        if (host.isEmpty()) {
            return UnixDomainSocketAddress.of(path);
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("no host of the name " + host);
        }
        return address;
    }

    @Override
    public String describe() {
        return host.isEmpty() ? "unix://" + path : "tcp://" + host + ":" + port;
    }

    @Override
    public boolean onThisMachine() {
        return host.isEmpty();
    }
}
