/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where a sound server is and what opens it, from the environment, as PulseAudio's own clients look. */
public final class PulseServer {

    private static final int PORT = 4713;
    private static final int COOKIE = 256;

    private final Map<String, String> environment;

    /** Looks in these variables. */
    public PulseServer(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** An address that a server may listen at. */
    public record Address(SocketAddress socket) {

        /** Connects. */
        public ByteChannel open() throws IOException {
            boolean unix = socket instanceof UnixDomainSocketAddress;
            SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            boolean done = false;
            try {
                if (!unix) {
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                channel.connect(socket);
                done = true;
                return channel;
            } catch (java.nio.channels.UnresolvedAddressException e) {
                throw new IOException("unknown host in " + socket, e);
            } finally {
                if (!done) {
                    channel.close();
                }
            }
        }
    }

    /** Where to look, best first. */
    public List<Address> addresses() {
        List<Address> found = new ArrayList<>();
        String named = environment.getOrDefault("PULSE_SERVER", "").strip();
        if (!named.isEmpty()) {
            for (String one : named.split("\\s+", -1)) {
                parse(one, found);
            }
            return found;
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            unix(runtime + "/pulse/native", found);
        }
        return found;
    }

    /** One of {@code unix:/path}, {@code /path}, {@code tcp:host:port}, {@code host}, with {@code {machine}} before. */
    private static void parse(String text, List<Address> into) {
        String rest = text.startsWith("{") ? text.substring(text.indexOf('}') + 1) : text;
        if (rest.startsWith("unix:")) {
            unix(rest.substring(5), into);
        } else if (rest.startsWith("/")) {
            unix(rest, into);
        } else {
            tcp(rest.replaceFirst("^tcp[46]?:", ""), into);
        }
    }

    private static void unix(String path, List<Address> into) {
        try {
            Path socket = Path.of(path);
            if (socket.isAbsolute()) {
                into.add(new Address(UnixDomainSocketAddress.of(socket)));
            }
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            // Not a path here: no address.
            return;
        }
    }

    private static void tcp(String text, List<Address> into) {
        int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.lastIndexOf(':');
        String host = colon > 0 ? text.substring(0, colon) : text;
        try {
            int port = colon > 0 ? Integer.parseInt(text.substring(colon + 1)) : PORT;
            if (!host.isEmpty()) {
                into.add(new Address(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port)));
            }
        } catch (IllegalArgumentException e) {
            // Not a port: no address.
            return;
        }
    }

    /** What proves a right to the server; zeros when there is none, which does where the user id does. */
    public byte[] cookie() {
        List<String> places = new ArrayList<>();
        places.add(environment.getOrDefault("PULSE_COOKIE", ""));
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            places.add(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config") + "/pulse/cookie");
            places.add(home + "/.pulse-cookie");
        }
        for (String place : places) {
            try {
                if (!place.isEmpty() && Files.size(Path.of(place)) == COOKIE) {
                    return Arrays.copyOf(Files.readAllBytes(Path.of(place)), COOKIE);
                }
            } catch (IOException | IllegalArgumentException e) {
                // Not there: the next.
                continue;
            }
        }
        return new byte[COOKIE];
    }
}
