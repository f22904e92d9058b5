/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The book of addresses. All networks share the first two numbers of an address, chosen once so that no route of the
 * host has them; each network has the third, each container the fourth. Callers hold the network lock.
 */
final class Leases {

    /** The network of containers that asked for none; no name that a person can give. */
    static final String COMMON = "@outgoing";
    /** The third number of the addresses between the router and slirp4netns. */
    static final int UPLINK = 255;

    private static final int FIRST_HOST = 2;
    private static final int LAST_HOST = 254;

    private final Path folder;

    Leases(Path folder) {
        this.folder = folder;
    }

    /** The first two numbers. */
    String prefix() throws IOException {
        Path file = folder.resolve("prefix");
        String known = Proc.read(file).orElse("").strip();
        if (known.matches("10\\.[0-9]{1,3}")) {
            return known;
        }
        Set<Integer> taken =
                secondNumbersRouted(Proc.read(Path.of("/proc/net/route")).orElse(""));
        int second = 210;
        while (taken.contains(second) && second > 100) {
            second--;
        }
        Files.createDirectories(folder);
        Fields.write(file, "10." + second + "\n");
        return "10." + second;
    }

    /** Second numbers of the addresses in 10.0.0.0/8 that the host has routes for (proc(5), /proc/net/route). */
    static Set<Integer> secondNumbersRouted(String routes) {
        Set<Integer> taken = new HashSet<>();
        for (String line : routes.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length < 8 || !words[1].matches("[0-9A-F]{8}") || !words[7].matches("[0-9A-F]{8}")) {
                continue;
            }
            int destination = Integer.reverseBytes(Integer.parseUnsignedInt(words[1], 16));
            int mask = Integer.reverseBytes(Integer.parseUnsignedInt(words[7], 16));
            for (int second = 0; mask != 0 && second < 256; second++) {
                int ours = 10 << 24 | second << 16;
                int common = mask & 0xffff0000;
                if ((ours & common) == (destination & common)) {
                    taken.add(second);
                }
            }
        }
        return taken;
    }

    boolean exists(String network) {
        return Files.exists(index(network));
    }

    /** The third number of a network, which is made if it does not exist. */
    int make(String network) throws EngineException, IOException {
        if (exists(network)) {
            return Integer.parseInt(Files.readString(index(network)).strip());
        }
        Set<Integer> taken = new HashSet<>();
        for (String other : all()) {
            taken.add(Integer.parseInt(Files.readString(index(other)).strip()));
        }
        for (int number = network.equals(COMMON) ? 0 : 1; number < UPLINK; number++) {
            if (!taken.contains(number)) {
                Files.createDirectories(index(network).getParent());
                Fields.write(index(network), number + "\n");
                return number;
            }
        }
        throw new EngineException("engine.network", "There are too many networks; remove some.", null);
    }

    /** The fourth number of a container, the same at every start. */
    int take(String network, String id) throws EngineException, IOException {
        Map<String, Integer> taken = numbers(network);
        Integer known = taken.get(id);
        if (known != null) {
            return known;
        }
        for (int number = FIRST_HOST; number <= LAST_HOST; number++) {
            if (!taken.containsValue(number)) {
                Files.createDirectories(lease(network, id).getParent());
                Fields.write(lease(network, id), number + "\n");
                return number;
            }
        }
        throw new EngineException("engine.network", "The network is full: it has room for 253 containers.", null);
    }

    void giveBack(String network, String id) throws IOException {
        Files.deleteIfExists(lease(network, id));
    }

    void forgetAllBut(List<String> ids) throws IOException {
        for (String network : all()) {
            for (String id : numbers(network).keySet()) {
                if (!ids.contains(id)) {
                    giveBack(network, id);
                }
            }
        }
    }

    List<String> members(String network) throws IOException {
        return List.copyOf(numbers(network).keySet());
    }

    List<String> names() throws IOException {
        return all().stream().filter(name -> !name.equals(COMMON)).toList();
    }

    void remove(String network) throws IOException {
        Trees.delete(folder.resolve("net").resolve(network));
    }

    Map<String, Integer> numbers(String network) throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String id : entries(folder.resolve("net").resolve(network).resolve("leases"))) {
            numbers.put(
                    id, Integer.parseInt(Files.readString(lease(network, id)).strip()));
        }
        return numbers;
    }

    private List<String> all() throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : entries(folder.resolve("net"))) {
            if (exists(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private Path index(String network) {
        return folder.resolve("net").resolve(network).resolve("index");
    }

    private Path lease(String network, String id) {
        return folder.resolve("net").resolve(network).resolve("leases").resolve(id);
    }

    private static Set<String> entries(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException e) {
            return Set.of();
        }
        return names;
    }
}
