/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import dev.berth.api.image.Digest;
import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.index.Relation;
import dev.berth.plugin.rootfs.debian.internal.mirror.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request pinned to exact packages.
 *
 * @param packages in the order in which the tree is written
 * @param automatic names of those that nobody asked for
 * @param files that the tree has beside its packages, by path
 * @param quiet the package with the library that silences {@code fsync} while the tree is set up; not part of the tree
 * @param time of generated files, in seconds since the epoch
 */
record Pinned(
        String architecture,
        List<DebPackage> packages,
        Set<String> automatic,
        Map<String, byte[]> files,
        Optional<DebPackage> quiet,
        long time) {

    /** Changes whenever the same packages would give another tree. */
    private static final String FORMAT = "berth-debian 2\n";

    Pinned {
        packages = List.copyOf(packages);
        automatic = Set.copyOf(automatic);
        files = Map.copyOf(files);
    }

    /** Everything that has to be downloaded. */
    List<DebPackage> downloads() {
        List<DebPackage> all = new ArrayList<>(packages);
        quiet.ifPresent(all::add);
        return all;
    }

    Digest key() {
        StringBuilder text = new StringBuilder(FORMAT)
                .append(architecture)
                .append(' ')
                .append(time)
                .append('\n');
        packages.stream()
                .map(p -> p.name() + ' ' + p.version() + ' ' + p.sha256() + ' ' + automatic.contains(p.name()) + '\n')
                .sorted()
                .forEach(text::append);
        quiet.ifPresent(p -> text.append("quiet ").append(p.sha256()).append('\n'));
        new TreeMap<>(files)
                .forEach((path, content) ->
                        text.append(path).append(' ').append(Sha256.of(content)).append('\n'));
        return Digest.sha256(Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The order in which a tree is best written: the packages that make the folders with unusual modes first; then large
     * ones before small ones, so that the threads end together; and a package that replaces files of another before it.
     */
    static List<DebPackage> ordered(List<DebPackage> packages) {
        List<DebPackage> order = new ArrayList<>(packages);
        order.sort(Comparator.comparing((DebPackage p) -> !p.name().equals("base-files"))
                .thenComparing(p -> !p.name().equals("base-passwd"))
                .thenComparing(
                        Comparator.comparingLong(DebPackage::installedBytes).reversed())
                .thenComparing(DebPackage::name));
        for (DebPackage mover : List.copyOf(order)) {
            int from = order.indexOf(mover);
            int to = from;
            for (Relation relation : mover.replaces()) {
                for (int i = 2; i < to; i++) {
                    DebPackage other = order.get(i);
                    if (relation.name().equals(other.name()) && relation.allows(other.version())) {
                        to = i;
                    }
                }
            }
            if (to < from) {
                order.add(to, order.remove(from));
            }
        }
        return order;
    }
}
