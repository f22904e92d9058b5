/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes dpkg's database as dpkg itself would have left it after {@code dpkg --unpack}, and apt's marks beside it. */
final class DpkgDatabase {

    private static final String ADMIN = "var/lib/dpkg/";
    private static final Set<String> SCRIPTS = Set.of("preinst", "postinst", "prerm", "postrm", "config");

    private DpkgDatabase() {}

    /**
     * Writes it.
     *
     * @param packages in the order in which the tree got them; those that are left to dpkg last
     * @param automatic names of packages that nobody asked for
     */
    static void write(TreeWriter tree, List<Unpacked> packages, Set<String> automatic, String architecture)
            throws IOException {
        for (String folder : List.of("alternatives", "info", "parts", "triggers", "updates")) {
            tree.folder(ADMIN + folder);
        }
        tree.file(ADMIN + "info/format", 0644, "1\n");
        StringBuilder status = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        List<Unpacked> sorted = new ArrayList<>(packages);
        sorted.sort(Comparator.comparing(unpacked -> unpacked.source().name()));
        for (Unpacked unpacked : sorted) {
            if (!unpacked.left()) {
                status.append(unpacked.status());
            }
            String name = unpacked.source().name();
            if (automatic.contains(name)) {
                marks.append("Package: ")
                        .append(name)
                        .append("\nArchitecture: ")
                        .append(architecture);
                marks.append("\nAuto-Installed: 1\n\n");
            }
        }
        for (int place = 0; place < packages.size(); place++) {
            Unpacked unpacked = packages.get(place);
            if (unpacked.left()) {
                break;
            }
            String stem = ADMIN + "info/" + unpacked.infoName() + ".";
            tree.file(stem + "list", 0644, list(tree.list(place)));
            for (Map.Entry<String, byte[]> file : unpacked.files().entrySet()) {
                tree.file(stem + file.getKey(), SCRIPTS.contains(file.getKey()) ? 0755 : 0644, file.getValue());
            }
        }
        tree.file(ADMIN + "status", 0644, status.toString());
        tree.file(ADMIN + "available", 0644, "");
        tree.file(ADMIN + "diversions", 0644, "");
        tree.file(ADMIN + "statoverride", 0644, "");
        tree.file(ADMIN + "arch", 0644, architecture + "\n");
        triggers(tree, sorted.stream().filter(unpacked -> !unpacked.left()).toList());
        tree.file("var/lib/apt/extended_states", 0644, marks.toString());
    }

    private static String list(List<String> paths) {
        StringBuilder text = new StringBuilder("/.\n");
        paths.forEach(path -> text.append('/').append(path).append('\n'));
        return text.toString();
    }

    /** Who waits for which trigger: one file for each name, and one for all paths (dpkg, doc/triggers.txt). */
    private static void triggers(TreeWriter tree, List<Unpacked> packages) throws IOException {
        StringBuilder paths = new StringBuilder();
        Map<String, String> named = new TreeMap<>();
        for (Unpacked unpacked : packages) {
            for (String[] interest : unpacked.interests()) {
                String who = unpacked.infoName() + interest[1];
                if (interest[0].startsWith("/")) {
                    paths.append(interest[0]).append(' ').append(who).append('\n');
                } else if (interest[0].matches("[A-Za-z0-9][A-Za-z0-9+.:_-]*")) {
                    named.merge(interest[0], who + "\n", String::concat);
                }
            }
        }
        tree.file(ADMIN + "triggers/File", 0644, paths.toString());
        for (Map.Entry<String, String> trigger : named.entrySet()) {
            tree.file(ADMIN + "triggers/" + trigger.getKey(), 0644, trigger.getValue());
        }
        tree.file(ADMIN + "triggers/Unincorp", 0644, "");
    }
}
