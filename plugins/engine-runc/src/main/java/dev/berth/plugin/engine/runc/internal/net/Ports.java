/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.engine.PortMapping;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Elevation;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Published ports: slirp4netns listens on the host's loopback, the router sends on to the container. Both are brought
 * in line with what the living containers want whenever one comes or goes. Callers hold the network lock.
 */
final class Ports {

    private final Router router;
    private final Router.Running running;
    private final String prefix;
    private final Elevation elevation;

    private record Want(int hostPort, int guestPort, String address) {}

    Ports(Router router, Router.Running running, String prefix, Elevation elevation) {
        this.router = router;
        this.running = running;
        this.prefix = prefix;
        this.elevation = elevation;
    }

    /** Publishes the ports of a container; those of 0 get a free one. */
    List<PortMapping> publish(String id, String address, List<PortMapping> mappings)
            throws EngineException, IOException, InterruptedException {
        Files.deleteIfExists(file(id));
        if (mappings.isEmpty()) {
            return List.of();
        }
        List<PortMapping> published = new ArrayList<>();
        Fields fields = new Fields().set("address", address).set("count", mappings.size());
        for (PortMapping mapping : mappings) {
            int port = mapping.hostPort() == 0 ? freePort() : mapping.hostPort();
            fields.set("host." + published.size(), port).set("guest." + published.size(), mapping.guestPort());
            published.add(new PortMapping(port, mapping.guestPort()));
        }
        Files.createDirectories(folder());
        fields.write(file(id));
        try {
            reconcile();
        } catch (EngineException e) {
            Files.deleteIfExists(file(id));
            throw e;
        }
        return published;
    }

    /** Makes what is published what the living members want. */
    void reconcile() throws EngineException, IOException, InterruptedException {
        if (!Files.isDirectory(folder())) {
            return;
        }
        Map<Integer, Want> wanted = wanted();
        UplinkControl uplink = new UplinkControl(router.uplinkSocket());
        Map<Integer, Integer> listening = uplink.list();
        for (Map.Entry<Integer, Integer> entry : listening.entrySet()) {
            if (!wanted.containsKey(entry.getKey())) {
                uplink.remove(entry.getValue());
            }
        }
        StringBuilder rules = new StringBuilder("flush chain ip berth target\n");
        for (Want want : wanted.values()) {
            rules.append("add rule ip berth target iifname tap0 tcp dport ")
                    .append(want.hostPort())
                    .append(" dnat to ")
                    .append(want.address())
                    .append(':')
                    .append(want.guestPort())
                    .append('\n');
        }
        Commands.Result result = Commands.run(
                elevation.command(List.of("nsenter", "--net=/proc/" + running.holder() + "/ns/net", "nft", "-f", "-")),
                rules.toString(),
                Commands.TIMEOUT);
        if (!result.ok()) {
            throw Commands.failure("engine.ports", "Ports of containers cannot be published.", result.detail());
        }
        for (Want want : wanted.values()) {
            if (!listening.containsKey(want.hostPort())) {
                uplink.add(want.hostPort(), prefix + "." + Leases.UPLINK + ".100");
            }
        }
    }

    private Map<Integer, Want> wanted() throws IOException {
        Map<Integer, Want> wanted = new TreeMap<>();
        for (Map.Entry<String, Path> entry : files().entrySet()) {
            if (!router.alive(entry.getKey())) {
                Files.deleteIfExists(entry.getValue());
                continue;
            }
            Fields fields = Fields.read(entry.getValue());
            for (int i = 0; i < fields.number("count"); i++) {
                int port = (int) fields.number("host." + i);
                wanted.put(port, new Want(port, (int) fields.number("guest." + i), fields.get("address")));
            }
        }
        return wanted;
    }

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder())) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    files.put(name, entry);
                }
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return files;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path folder() {
        return router.session(running).resolve("ports");
    }

    private Path file(String id) {
        return folder().resolve(id);
    }
}
