/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server inside a container. A unix socket in a runtime folder that engine and Berth share is connected to straight
 * away; everything else is reached through a relay that runs in the container and talks over its standard input and
 * output, so that nothing listens where another user could reach it.
 */
final class GuestEndpoint implements Endpoint {

    private static final String OK = "berth-relay ok";
    private static final int MOST_LINE = 1000;

    private final WslcContainer container;
    private final GuestAddress address;

    GuestEndpoint(WslcContainer container, GuestAddress address) {
        this.container = container;
        this.address = address;
    }

    @Override
    public ByteChannel open(TaskContext context) throws EngineException, InterruptedException {
        context.checkCancelled();
        if (address instanceof GuestAddress.Command command) {
            return ProcessChannel.of(
                    container.exec(new ExecSpec(command.command(), Map.of(), "", "", Optional.empty()), context));
        }
        return address instanceof GuestAddress.UnixSocket unix
                ? relay(context, "unix", unix.path())
                : relay(context, "tcp", Integer.toString(((GuestAddress.Tcp) address).port()));
    }

    private ByteChannel relay(TaskContext context, String kind, String where)
            throws EngineException, InterruptedException {
        List<String> command = List.of("/bin/sh", "-c", script(), "berth-relay", kind, where);
        ContainerProcess process = container.exec(new ExecSpec(command, Map.of(), "0", "/", Optional.empty()), context);
        boolean joined = false;
        try {
            String said = line(process.stderr());
            if (!said.equals(OK)) {
                throw nothing(said, null);
            }
            joined = true;
            return ProcessChannel.of(process);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled while connecting");
            }
            throw nothing(String.valueOf(e.getMessage()), e);
        } finally {
            if (!joined) {
                process.close();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < MOST_LINE; c = in.read()) {
            line.append(c < 0x20 ? ' ' : (char) c);
        }
        return line.toString().strip();
    }

    private EngineException nothing(String why, @Nullable IOException cause) {
        return new EngineException(
                "engine.connect", ErrorKind.FAILED, "Nothing answers at " + describe() + ".", why, Remedy.NONE, cause);
    }

    private static String script() {
        try (InputStream in = GuestEndpoint.class.getResourceAsStream("relay.sh")) {
            if (in == null) {
                throw new IllegalStateException("the relay is missing from the bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the relay cannot be read from the bundle", e);
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
}
