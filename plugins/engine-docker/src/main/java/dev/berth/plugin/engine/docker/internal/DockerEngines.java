/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.plugin.engine.docker.internal.transport.CommandTransport;
import dev.berth.plugin.engine.docker.internal.transport.SocketTransport;
import dev.berth.plugin.engine.docker.internal.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one engine for the way that Docker's own client would go, named {@code docker}, and one for each host that
 * {@code settings/engine-docker.json} in the Berth home lists:
 *
 * <pre>{"hosts": [
 *   {"id": "office", "title": "The office server", "host": "ssh://me@office"},
 *   {"id": "lab", "context": "lab"},
 *   {"id": "wsl", "command": ["wslc", "system", "session", "run", "docker", "system", "dial-stdio"]}]}</pre>
 */
@Component(
        service = {},
        immediate = true)
public final class DockerEngines {

    private static final Logger LOG = LoggerFactory.getLogger(DockerEngines.class);
    private static final String ID = "docker";
    private static final int PREFERENCE = 50;
    /** A host elsewhere is taken only when it is asked for, or nothing else is there. */
    private static final int REMOTE_PREFERENCE = 10;

    private final Map<DockerEngine, ServiceRegistration<ContainerEngine>> published = new LinkedHashMap<>();

    /** For the framework. */
    @Activate
    public DockerEngines(BundleContext context) {
        Path home = Path.of(Objects.requireNonNull(context.getProperty("berth.home"), "berth.home"));
        for (DockerEngine engine : engines(EngineAddress.ofThisUser(), home.resolve("settings/engine-docker.json"))) {
            published.put(engine, Objects.requireNonNull(context.registerService(ContainerEngine.class, engine, null)));
        }
    }

    static List<DockerEngine> engines(EngineAddress address, Path settings) {
        List<DockerEngine> engines = new ArrayList<>();
        Transport standard;
        try {
            standard = address.standard();
        } catch (IOException e) {
            LOG.warn("Docker's configuration does not lead to an engine: {}", e.getMessage());
            standard = new Nowhere(String.valueOf(e.getMessage()));
        }
        engines.add(new DockerEngine(ID, "Docker or Podman", PREFERENCE, standard));
        for (Json host : hosts(settings)) {
            String id = host.get("id").text();
            if (!id.matches("[a-z0-9][a-z0-9-]{0,30}")
                    || engines.stream().anyMatch(engine -> engine.id().equals(id))) {
                LOG.warn("{} names a host \"{}\", which is no id or is taken; it is left out", settings, id);
                continue;
            }
            Transport transport;
            try {
                transport = transport(address, host);
            } catch (IOException e) {
                LOG.warn("{}: the host {} is not reachable: {}", settings, id, e.getMessage());
                transport = new Nowhere(String.valueOf(e.getMessage()));
            }
            String title = host.get("title").text();
            int preference = transport instanceof SocketTransport && transport.onThisMachine()
                    ? PREFERENCE - 1
                    : REMOTE_PREFERENCE;
            engines.add(new DockerEngine(id, title.isEmpty() ? id : title, preference, transport));
        }
        return engines;
    }

    private static List<Json> hosts(Path settings) {
        if (!Files.isRegularFile(settings)) {
            return List.of();
        }
        try {
            return Json.parse(Files.readString(settings)).get("hosts").items();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", settings, e.getMessage());
            return List.of();
        }
    }

    private static Transport transport(EngineAddress address, Json host) throws IOException {
        List<String> command =
                host.get("command").items().stream().map(Json::text).toList();
        if (!command.isEmpty()) {
            return new CommandTransport(command);
        }
        String context = host.get("context").text();
        return context.isEmpty() ? address.parse(host.get("host").text()) : address.context(context);
    }

    /** For the framework. */
    @Deactivate
    void stop() {
        published.forEach((engine, registration) -> {
            registration.unregister();
            engine.close();
        });
        published.clear();
    }

    /** A configuration that leads nowhere: the engine says so when it is asked. */
    private record Nowhere(String reason) implements Transport {
        @Override
        public dev.berth.plugin.engine.docker.internal.transport.Duplex open() throws IOException {
            throw new IOException(reason);
        }

        @Override
        public String describe() {
            return "Docker's configuration";
        }
    }
}
