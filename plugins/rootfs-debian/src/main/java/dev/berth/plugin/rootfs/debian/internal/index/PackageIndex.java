/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packages of one or more indexes. A desktop needs one package in a hundred, so a stanza is parsed when it is asked
 * for; adding an index only notes where each name and each provided name stands. Not safe for several threads.
 */
public final class PackageIndex {

    private static final Logger LOG = LoggerFactory.getLogger(PackageIndex.class);

    private record Slice(String base, byte[] text, int from, int to) {}

    private final String architecture;
    private final Map<String, List<Slice>> byName = new HashMap<>();
    private final Map<String, Set<String>> providers = new HashMap<>();
    private final Set<String> base = new LinkedHashSet<>();
    private final Map<String, Optional<DebPackage>> candidates = new HashMap<>();

    /** @param architecture in Debian's words: {@code amd64} */
    public PackageIndex(String architecture) {
        this.architecture = architecture;
    }

    /**
     * Adds an index.
     *
     * @param archive address of the archive it belongs to, ending in a slash
     */
    public void add(String archive, byte[] packages) {
        int from = 0;
        while (from < packages.length) {
            while (from < packages.length && packages[from] == '\n') {
                from++;
            }
            int end = from;
            String name = "";
            while (end < packages.length && packages[end] != '\n') {
                int line = lineEnd(packages, end);
                if (packages[end] == 'P') {
                    if (startsWith(packages, end, "Package:")) {
                        name = text(packages, end + 8, line);
                    } else if (startsWith(packages, end, "Provides:")) {
                        noteProvides(name, text(packages, end + 9, line));
                    } else if (startsWith(packages, end, "Priority: required")) {
                        base.add(name);
                    }
                } else if (packages[end] == 'E' && startsWith(packages, end, "Essential: yes")) {
                    base.add(name);
                }
                end = line + 1;
            }
            if (!name.isEmpty()) {
                byName.computeIfAbsent(name, key -> new ArrayList<>(1))
                        .add(new Slice(archive, packages, from, Math.min(end, packages.length)));
            }
            from = end + 1;
        }
        candidates.clear();
    }

    private void noteProvides(String name, String field) {
        for (Relation provided : Relation.parseFlat(field)) {
            providers
                    .computeIfAbsent(provided.name(), key -> new LinkedHashSet<>())
                    .add(name);
        }
    }

    /** The newest version of a package; empty when there is none of this name. */
    public Optional<DebPackage> candidate(String name) {
        Optional<DebPackage> known = candidates.get(name);
        if (known == null) {
            known = newest(name);
            candidates.put(name, known);
        }
        return known;
    }

    /** The package of exactly this version, if an index has it. */
    public Optional<DebPackage> exactly(String name, String version) {
        return versions(name).stream().filter(p -> p.version().equals(version)).findFirst();
    }

    private Optional<DebPackage> newest(String name) {
        return versions(name).stream().max((a, b) -> DebianVersion.compare(a.version(), b.version()));
    }

    private List<DebPackage> versions(String name) {
        List<DebPackage> found = new ArrayList<>();
        for (Slice slice : byName.getOrDefault(name, List.of())) {
            String text = new String(slice.text(), slice.from(), slice.to() - slice.from(), StandardCharsets.UTF_8);
            try {
                DebPackage candidate = new DebPackage(slice.base(), Stanza.parse(text));
                String its = candidate.architecture();
                if (its.equals(architecture) || its.equals("all")) {
                    found.add(candidate);
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("Passing over a malformed entry of {}: {}", name, e.getMessage());
            }
        }
        return found;
    }

    /** The candidates that provide a name, those that matter most first; not the package of that name itself. */
    public List<DebPackage> providers(String name) {
        List<DebPackage> found = new ArrayList<>();
        for (String provider : providers.getOrDefault(name, Set.of())) {
            if (!provider.equals(name)) {
                candidate(provider).ifPresent(found::add);
            }
        }
        found.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        return found;
    }

    /** Names of all packages that are essential or of priority "required". */
    public List<String> baseSystem() {
        return base.stream()
                .filter(name -> candidate(name)
                        .filter(p -> p.essential() || p.priority().equals("required"))
                        .isPresent())
                .sorted()
                .toList();
    }

    /** How many names there are. */
    public int size() {
        return byName.size();
    }

    private static int rank(DebPackage candidate) {
        if (candidate.essential()) {
            return 0;
        }
        return switch (candidate.priority()) {
            case "required" -> 1;
            case "important" -> 2;
            case "standard" -> 3;
            case "optional" -> 4;
            default -> 5;
        };
    }

    private static int lineEnd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] text, int from, String prefix) {
        if (from + prefix.length() > text.length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text[from + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8).strip();
    }
}
