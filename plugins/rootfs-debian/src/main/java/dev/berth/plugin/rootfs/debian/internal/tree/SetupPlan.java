/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.index.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * In which order a tree of unpacked packages comes to life: the essential packages first, each package's preinst script
 * before it is configured and after what it pre-depends on was, the rest in one go at the end.
 */
final class SetupPlan {

    private final Map<String, List<Unpacked>> byName = new HashMap<>();
    private final Collection<Unpacked> packages;
    private final Set<Unpacked> configured = new HashSet<>();
    private final Set<Unpacked> prepared = new HashSet<>();
    private final StringBuilder lines = new StringBuilder();

    private SetupPlan(Collection<Unpacked> packages) {
        this.packages = packages;
        for (Unpacked unpacked : packages) {
            byName.computeIfAbsent(unpacked.source().name(), name -> new ArrayList<>(1))
                    .add(unpacked);
            unpacked.source()
                    .provides()
                    .forEach(provided -> byName.computeIfAbsent(provided.name(), name -> new ArrayList<>(1))
                            .add(unpacked));
        }
    }

    /**
     * Makes the plan, one action a line: {@code preinst NAME ARCHITECTURE INFO-NAME}, {@code unpack FILE} or
     * {@code configure NAME…}.
     */
    static String of(Collection<Unpacked> packages) {
        SetupPlan plan = new SetupPlan(packages);
        plan.forceFirst();
        plan.configureWithAllTheyNeed(plan.matching(DebPackage::essential));
        Set<Unpacked> ordered = new LinkedHashSet<>();
        packages.forEach(unpacked -> plan.dependenciesFirst(unpacked, new HashSet<>(), ordered));
        ordered.forEach(plan::prepare);
        return plan.lines.toString();
    }

    /** The name of the archive of a package that is left to dpkg, beside the plan. */
    static String archive(DebPackage source) {
        return source.name() + ".deb";
    }

    /** These two make the users and folders that every other script takes for granted, so they go first, alone. */
    private void forceFirst() {
        List<Unpacked> first = matching(
                source -> source.name().equals("base-passwd") || source.name().equals("base-files"));
        first.forEach(this::prepare);
        write("force", first);
        configured.addAll(first);
    }

    private List<Unpacked> matching(Predicate<DebPackage> wanted) {
        return packages.stream().filter(u -> wanted.test(u.source())).toList();
    }

    /** Writes the preinst of a package, after configuring what it pre-depends on. */
    private void prepare(Unpacked unpacked) {
        if (!prepared.add(unpacked) || !unpacked.has("preinst") && !unpacked.left()) {
            return;
        }
        Set<Unpacked> needed = new LinkedHashSet<>();
        unpacked.source().preDepends().forEach(group -> needed.addAll(targets(group)));
        needed.remove(unpacked);
        needed.removeAll(configured);
        if (!needed.isEmpty()) {
            configureWithAllTheyNeed(needed);
        }
        DebPackage source = unpacked.source();
        if (unpacked.left()) {
            lines.append("unpack ").append(archive(source)).append('\n');
            return;
        }
        lines.append("preinst ").append(source.name()).append(' ').append(source.architecture());
        lines.append(' ').append(unpacked.infoName()).append('\n');
    }

    private void configureWithAllTheyNeed(Collection<Unpacked> wanted) {
        Set<Unpacked> all = new LinkedHashSet<>();
        wanted.forEach(unpacked -> collect(unpacked, all));
        all.forEach(this::prepare);
        all.removeAll(configured);
        write("configure", all);
        configured.addAll(all);
    }

    private void write(String verb, Collection<Unpacked> all) {
        if (!all.isEmpty()) {
            lines.append(verb);
            all.forEach(unpacked -> lines.append(' ').append(unpacked.infoName()));
            lines.append('\n');
        }
    }

    private void collect(Unpacked unpacked, Set<Unpacked> into) {
        if (configured.contains(unpacked) || !into.add(unpacked)) {
            return;
        }
        unpacked.source().preDepends().forEach(group -> targets(group).forEach(u -> collect(u, into)));
        unpacked.source().depends().forEach(group -> targets(group).forEach(u -> collect(u, into)));
    }

    private void dependenciesFirst(Unpacked unpacked, Set<Unpacked> under, Set<Unpacked> into) {
        if (into.contains(unpacked) || !under.add(unpacked)) {
            return;
        }
        unpacked.source().preDepends().forEach(g -> targets(g).forEach(u -> dependenciesFirst(u, under, into)));
        unpacked.source().depends().forEach(g -> targets(g).forEach(u -> dependenciesFirst(u, under, into)));
        into.add(unpacked);
    }

    private List<Unpacked> targets(List<Relation> group) {
        List<Unpacked> found = new ArrayList<>();
        for (Relation relation : group) {
            for (Unpacked candidate : byName.getOrDefault(relation.name(), List.of())) {
                if (candidate.source().satisfies(relation)) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }
}
