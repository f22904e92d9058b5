/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;

/** A server somewhere on a network. */
final class TcpEndpoint implements Endpoint {

    private final String host;
    private final int port;

    TcpEndpoint(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public ByteChannel open(TaskContext context) throws DisplayException, InterruptedException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw failed("There is no host named " + host + ".", "Check the address.", e);
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            SocketChannel opening = channel;
            try (Registration ignored = context.onCancel(opening)) {
                channel.connect(new InetSocketAddress(address, port));
                // Keys and pointer moves are small and must not wait for each other.
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            SocketChannel done = channel;
            channel = null;
            return done;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("cancelled");
        } catch (IOException e) {
            context.checkCancelled();
            throw failed("Nothing answers at " + describe() + ".", "Check that the server runs.", e);
        } finally {
            UnixEndpoint.closeQuietly(channel);
        }
    }

    private static DisplayException failed(String summary, String advice, IOException cause) {
        return new DisplayException(
                "display.unreachable", ErrorKind.FAILED, summary, String.valueOf(cause), Remedy.advice(advice), cause);
    }

    @Override
    public String describe() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public boolean local() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
