/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How containers of a named network find each other by name: the {@code /etc/hosts} of each lists the others. The file
 * is rewritten in place, because it is mounted in running containers.
 */
final class Neighbours {

    private static final String MARK = "\t# neighbour";

    private Neighbours() {}

    /** Addresses by host name and id of all that are on the network, without one of them. */
    static Map<String, String> of(EngineHome home, Map<String, Integer> numbers, String prefix, String without)
            throws IOException {
        Map<String, String> addresses = new TreeMap<>();
        for (Map.Entry<String, Integer> lease : numbers.entrySet()) {
            Optional<ContainerFiles> files = home.find(lease.getKey());
            if (lease.getKey().equals(without)
                    || files.isEmpty()
                    || !Files.exists(files.get().record())) {
                continue;
            }
            String address = prefix + lease.getValue();
            addresses.put(lease.getKey(), address);
            addresses.put(ContainerRecord.read(files.get().record()).hostname(), address);
        }
        return addresses;
    }

    /** Tells all that are on the network of each other. */
    static void tell(EngineHome home, Map<String, Integer> numbers, String prefix) throws IOException {
        for (String id : numbers.keySet()) {
            Optional<ContainerFiles> files = home.find(id);
            if (files.isPresent() && Files.exists(files.get().hosts())) {
                rewrite(files.get().hosts(), of(home, numbers, prefix, id));
            }
        }
    }

    private static void rewrite(Path hosts, Map<String, String> neighbours) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(hosts)) {
            if (!line.endsWith(MARK)) {
                lines.add(line);
            }
        }
        lines.addAll(lines(neighbours));
        Files.writeString(hosts, String.join("\n", lines) + "\n");
    }

    /** Lines of hosts(5). */
    static List<String> lines(Map<String, String> neighbours) {
        List<String> lines = new ArrayList<>();
        neighbours.forEach((name, address) -> lines.add(address + "\t" + name + MARK));
        return lines;
    }
}
