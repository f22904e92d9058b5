/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.plugin.engine.docker.internal.transport.CommandTransport;
import dev.berth.plugin.engine.docker.internal.transport.SocketTransport;
import dev.berth.plugin.engine.docker.internal.transport.TlsTransport;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Finds the way to an engine as Docker's own client does: {@code DOCKER_HOST}, else the context named by
 * {@code DOCKER_CONTEXT} or by Docker's configuration, else a socket in one of the usual places, Docker's before Podman's.
 */
final class EngineAddress {

    private static final long MOST_BYTES = 1 << 20;

    /** On the other side of an SSH connection: what is there decides. */
    static final String REMOTE = "if command -v docker >/dev/null 2>&1; then exec docker system dial-stdio; "
            + "else exec podman system dial-stdio; fi";

    private final Map<String, String> environment;
    private final Path home;

    EngineAddress(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    static EngineAddress ofThisUser() {
        return new EngineAddress(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /** The way that Docker's client would go. */
    Transport standard() throws IOException {
        String host = variable("DOCKER_HOST");
        if (!host.isEmpty()) {
            String folder = variable("DOCKER_CERT_PATH");
            return parse(
                    host,
                    folder.isEmpty() ? configuration() : Path.of(folder),
                    !variable("DOCKER_TLS_VERIFY").isEmpty()
                            || !variable("DOCKER_TLS").isEmpty(),
                    !variable("DOCKER_TLS_VERIFY").isEmpty());
        }
        String context = variable("DOCKER_CONTEXT");
        if (context.isEmpty()) {
            Path file = configuration().resolve("config.json");
            context =
                    Files.isRegularFile(file) ? read(file).get("currentContext").text() : "";
        }
        if (!context.isEmpty() && !context.equals("default")) {
            return context(context);
        }
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            // Docker's client joins a named pipe in both directions at once, which Java cannot.
            return new CommandTransport(
                    List.of("docker", "system", "dial-stdio"), Map.of(), "npipe:////./pipe/docker_engine");
        }
        for (Path socket : usualSockets()) {
            if (Files.exists(socket)) {
                return SocketTransport.unix(socket);
            }
        }
        return SocketTransport.unix(usualSockets().get(0));
    }

    private List<Path> usualSockets() {
        List<Path> sockets = new ArrayList<>(List.of(Path.of("/var/run/docker.sock")));
        String runtime = variable("XDG_RUNTIME_DIR");
        if (!runtime.isEmpty()) {
            sockets.add(Path.of(runtime, "docker.sock"));
        }
        sockets.add(home.resolve(".docker/run/docker.sock"));
        if (!runtime.isEmpty()) {
            sockets.add(Path.of(runtime, "podman/podman.sock"));
        }
        sockets.add(Path.of("/run/podman/podman.sock"));
        return sockets;
    }

    /** The way of a context that {@code docker context create} made. */
    Transport context(String name) throws IOException {
        String folder = sha256(name);
        Path file = configuration().resolve("contexts/meta").resolve(folder).resolve("meta.json");
        if (!Files.isRegularFile(file)) {
            throw new IOException("Docker has no context of the name " + name);
        }
        Json docker = read(file).get("Endpoints").get("docker");
        Path certificates =
                configuration().resolve("contexts/tls").resolve(folder).resolve("docker");
        return parse(
                docker.get("Host").text(),
                certificates,
                Files.isDirectory(certificates),
                !docker.get("SkipTLSVerify").isTrue());
    }

    /** The way that an address stands for, such as {@code ssh://user@host}. */
    Transport parse(String address) throws IOException {
        return parse(address, configuration(), false, true);
    }

    private static Transport parse(String address, Path certificates, boolean tls, boolean verify) throws IOException {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IOException("not the address of an engine: " + address, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        switch (scheme) {
            case "unix" -> {
                return SocketTransport.unix(Path.of(uri.getPath()));
            }
            case "npipe" -> {
                return new CommandTransport(
                        List.of("docker", "-H", address, "system", "dial-stdio"), Map.of(), address);
            }
            case "tcp", "http", "https" -> {
                String host = uri.getHost();
                if (host == null) {
                    break;
                }
                boolean secured = tls || scheme.equals("https");
                int port = uri.getPort() > 0 ? uri.getPort() : secured ? 2376 : 2375;
                return secured ? new TlsTransport(host, port, certificates, verify) : SocketTransport.tcp(host, port);
            }
            case "ssh" -> {
                String host = uri.getHost();
                // What begins with a hyphen would be an option.
                if (host == null || host.startsWith("-")) {
                    break;
                }
                String user = uri.getUserInfo();
                if (user != null && (user.startsWith("-") || user.contains(":"))) {
                    break;
                }
                String destination = user == null ? host : user + "@" + host;
                return CommandTransport.ssh(destination, uri.getPort(), List.of(remote(uri.getPath())), List.of());
            }
            default -> {
                // Said below.
            }
        }
        throw new IOException("not the address of an engine: " + address);
    }

    /** Podman's addresses name the socket on the other side. */
    private static String remote(String socket) {
        if (socket == null || socket.isEmpty() || socket.equals("/")) {
            return REMOTE;
        }
        return "exec podman --url 'unix://" + socket.replace("'", "'\\''") + "' system dial-stdio";
    }

    private Path configuration() {
        String folder = variable("DOCKER_CONFIG");
        return folder.isEmpty() ? home.resolve(".docker") : Path.of(folder);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private static Json read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is too large");
        }
        return Json.parse(Files.readString(file));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
