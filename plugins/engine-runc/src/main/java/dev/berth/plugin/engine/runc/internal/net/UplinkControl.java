/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.runc.internal.host.GuestSockets;
import dev.berth.plugin.engine.runc.internal.oci.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks slirp4netns to listen on ports of the host (slirp4netns(1), "API socket"): one request a connection. */
final class UplinkControl {

    private static final Pattern ENTRY = Pattern.compile("\"id\":\\s*(\\d{1,9})[^}]*\"host_port\":\\s*(\\d{1,5})");
    private static final int MOST_BYTES = 1 << 20;

    private final Path socket;

    UplinkControl(Path socket) {
        this.socket = socket;
    }

    /** Host ports that it listens on, with the ids it gave them. */
    Map<Integer, Integer> list() throws EngineException {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        Matcher matcher = ENTRY.matcher(ask("list_hostfwd", Map.of()));
        while (matcher.find()) {
            ports.put(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)));
        }
        return ports;
    }

    /** Listens on a port of the host's loopback and hands what comes to the same port of the router. */
    void add(int port, String routerAddress) throws EngineException {
        String answer = ask(
                "add_hostfwd",
                Json.object(
                        "proto",
                        "tcp",
                        "host_addr",
                        "127.0.0.1",
                        "host_port",
                        port,
                        "guest_addr",
                        routerAddress,
                        "guest_port",
                        port));
        if (!answer.contains("\"return\"")) {
            throw new EngineException(
                    "engine.ports",
                    ErrorKind.FAILED,
                    "Port " + port + " of this host cannot be published; something else may listen there.",
                    answer,
                    Remedy.advice("Choose another port, or 0 for any free one."),
                    null);
        }
    }

    /** Listens no more. */
    void remove(int id) throws EngineException {
        ask("remove_hostfwd", Json.object("id", id));
    }

    private String ask(String command, Map<String, Object> arguments) throws EngineException {
        Map<String, Object> request = Json.object("execute", command);
        if (!arguments.isEmpty()) {
            request.put("arguments", arguments);
        }
        try (SocketChannel channel = GuestSockets.unix(socket)) {
            ByteBuffer out = ByteBuffer.wrap(Json.text(request).getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            channel.shutdownOutput();
            ByteBuffer in = ByteBuffer.allocate(MOST_BYTES);
            while (in.hasRemaining() && channel.read(in) >= 0) {
                // Until it closes.
            }
            return new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EngineException("engine.ports", "The router does not answer.", e);
        }
    }
}
