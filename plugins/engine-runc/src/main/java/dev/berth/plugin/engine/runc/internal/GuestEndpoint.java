/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.GuestSockets;
import dev.berth.plugin.engine.runc.internal.host.RelayProcess;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server inside a container of this host. */
final class GuestEndpoint implements Endpoint {

    private static final String RUNTIME_FOLDER = "/run/berth/";

    private final RuncContainer container;
    private final GuestAddress address;

    GuestEndpoint(RuncContainer container, GuestAddress address) {
        this.container = container;
        this.address = address;
    }

    @Override
    public ByteChannel open(TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        try {
            if (address instanceof GuestAddress.UnixSocket socket) {
                return GuestSockets.unix(container.requireRunning(), socket.path());
            }
            if (address instanceof GuestAddress.Tcp tcp) {
                Engine engine = container.engine();
                return engine.elevation().rootless()
                        ? ProcessChannel.of(RelayProcess.connect(
                                container.requireRunning(),
                                tcp.port(),
                                engine.home().helpers()))
                        : GuestSockets.tcp(container.requireRunning(), tcp.port());
            }
            GuestAddress.Command command = (GuestAddress.Command) address;
            return ProcessChannel.of(
                    container.exec(new ExecSpec(command.command(), Map.of(), "", "", Optional.empty()), context));
        } catch (IOException e) {
            throw new EngineException("engine.connect", "Nothing answers at " + describe() + ".", e);
        }
    }

    @Override
    public String describe() {
        String where = " in container " + container.id();
        if (address instanceof GuestAddress.UnixSocket socket) {
            return socket.path() + where;
        }
        if (address instanceof GuestAddress.Tcp tcp) {
            return "port " + tcp.port() + where;
        }
        return ((GuestAddress.Command) address).command().get(0) + where;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Optional<Path> unixSocket() {
        if (address instanceof GuestAddress.UnixSocket socket && socket.path().startsWith(RUNTIME_FOLDER)) {
            Path rest =
                    Path.of(socket.path().substring(RUNTIME_FOLDER.length())).normalize();
            if (rest.isAbsolute() || rest.startsWith("..")) {
                return Optional.empty();
            }
            try {
                return Optional.of(container.record().spec().runtimeFolder().resolve(rest));
            } catch (IOException | EngineException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
