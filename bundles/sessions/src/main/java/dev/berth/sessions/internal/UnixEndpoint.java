/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A unix socket of this host. */
final class UnixEndpoint implements Endpoint {

    private final Path socket;

    UnixEndpoint(Path socket) {
        this.socket = socket;
    }

    @Override
    public ByteChannel open(TaskContext context) throws DisplayException, InterruptedException {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            SocketChannel opening = channel;
            try (Registration ignored = context.onCancel(opening)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
            }
            SocketChannel done = channel;
            channel = null;
            return done;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("cancelled");
        } catch (IOException | UnsupportedOperationException e) {
            context.checkCancelled();
            throw new DisplayException(
                    "display.unreachable",
                    ErrorKind.FAILED,
                    "Nothing answers at the socket " + socket + ".",
                    String.valueOf(e),
                    Remedy.advice("Check that the server runs and that you may open its socket."),
                    e);
        } finally {
            closeQuietly(channel);
        }
    }

    static void closeQuietly(@Nullable Channel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // It never carried anything that could be lost.
            }
        }
    }

    @Override
    public String describe() {
        return socket.toString();
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Optional<Path> unixSocket() {
        return Optional.of(socket);
    }
}
