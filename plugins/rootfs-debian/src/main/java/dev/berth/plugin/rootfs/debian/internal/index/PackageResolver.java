/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the packages that a request needs, choosing as apt does on an empty system: what was asked for by name is taken
 * first, then each dependency in the order of its field, the first alternative that can be had, and of several
 * providers the one with the higher priority. A choice that leads nowhere is taken back.
 */
public final class PackageResolver {

    /**
     * @param packages all that is needed, in the order in which it was chosen
     * @param automatic names that nobody asked for
     */
    public record Selection(List<DebPackage> packages, Set<String> automatic) {

        public Selection {
            packages = List.copyOf(packages);
            automatic = Set.copyOf(automatic);
        }
    }

    private record Claim(DebPackage owner, Relation relation) {}

    private final PackageIndex index;
    private final boolean recommends;
    private final Map<String, DebPackage> chosen = new LinkedHashMap<>();
    private final List<DebPackage> journal = new ArrayList<>();
    /** Who is in the tree under a name, its own or provided. */
    private final Map<String, List<DebPackage>> present = new HashMap<>();
    /** Who must not be in the tree with what is chosen, by the name that the claim is about. */
    private final Map<String, List<Claim>> claims = new HashMap<>();

    private String lastFailure = "";

    public PackageResolver(PackageIndex index, boolean recommends) {
        this.index = index;
        this.recommends = recommends;
    }

    /**
     * Resolves the base system and everything asked for.
     *
     * @param base names that every tree has
     * @param wanted names, or {@code name=version}
     * @throws RootfsException if a package is unknown or the request cannot be met
     */
    public Selection resolve(List<String> base, List<String> wanted) throws RootfsException {
        Set<String> asked = new HashSet<>();
        List<DebPackage> roots = new ArrayList<>();
        List<String> all = new ArrayList<>(base);
        all.addAll(wanted);
        for (String name : all) {
            DebPackage root = named(name);
            asked.add(root.name());
            if (!chosen.containsKey(root.name())) {
                String conflict = conflict(root);
                if (!conflict.isEmpty()) {
                    throw unsatisfiable(root.name(), conflict);
                }
                take(root);
                roots.add(root);
            }
        }
        for (DebPackage root : roots) {
            if (!dependencies(root)) {
                throw unsatisfiable(root.name(), lastFailure);
            }
        }
        Set<String> automatic = new HashSet<>(chosen.keySet());
        automatic.removeAll(asked);
        return new Selection(journal, automatic);
    }

    private DebPackage named(String request) throws RootfsException {
        int equals = request.indexOf('=');
        if (equals > 0) {
            String name = request.substring(0, equals);
            String version = request.substring(equals + 1);
            return index.exactly(name, version).orElseThrow(() -> unknown(name + " in version " + version));
        }
        var candidate = index.candidate(request);
        if (candidate.isPresent()) {
            return candidate.get();
        }
        List<DebPackage> providers = index.providers(request);
        if (providers.size() == 1) {
            return providers.get(0);
        }
        if (providers.isEmpty()) {
            throw unknown(request);
        }
        throw new RootfsException(
                "rootfs.package.virtual",
                ErrorKind.INVALID,
                "The package " + request + " is provided by several others; name one of them.",
                providers.toString(),
                Remedy.NONE,
                null);
    }

    private boolean install(DebPackage candidate) {
        if (chosen.get(candidate.name()) == candidate) {
            return true;
        }
        if (chosen.containsKey(candidate.name())) {
            lastFailure = candidate + " is needed, but " + chosen.get(candidate.name()) + " was asked for";
            return false;
        }
        String conflict = conflict(candidate);
        if (!conflict.isEmpty()) {
            lastFailure = conflict;
            return false;
        }
        int mark = journal.size();
        take(candidate);
        if (dependencies(candidate)) {
            return true;
        }
        while (journal.size() > mark) {
            giveBack(journal.remove(journal.size() - 1));
        }
        return false;
    }

    private boolean dependencies(DebPackage owner) {
        for (List<Relation> group : owner.preDepends()) {
            if (!satisfy(owner, group)) {
                return false;
            }
        }
        for (List<Relation> group : owner.depends()) {
            if (!satisfy(owner, group)) {
                return false;
            }
        }
        if (recommends) {
            // What is merely recommended may be left out.
            owner.recommends().forEach(group -> satisfy(owner, group));
        }
        return true;
    }

    private boolean satisfy(DebPackage owner, List<Relation> group) {
        for (Relation relation : group) {
            for (DebPackage candidate : present.getOrDefault(relation.name(), List.of())) {
                if (candidate.satisfies(relation)) {
                    return true;
                }
            }
        }
        String failure = "";
        for (Relation relation : group) {
            var own = index.candidate(relation.name());
            if (own.isPresent() && own.get().satisfies(relation) && install(own.get())) {
                return true;
            }
            failure = own.isPresent() && !own.get().satisfies(relation) ? "" : lastFailure;
            for (DebPackage provider : index.providers(relation.name())) {
                if (provider.satisfies(relation) && install(provider)) {
                    return true;
                }
            }
        }
        lastFailure = owner.name() + " needs "
                + String.join(" | ", group.stream().map(Relation::toString).toList())
                + (failure.isEmpty() ? "" : ", but " + failure);
        return false;
    }

    private void take(DebPackage candidate) {
        chosen.put(candidate.name(), candidate);
        journal.add(candidate);
        for (String name : names(candidate)) {
            present.computeIfAbsent(name, key -> new ArrayList<>(1)).add(candidate);
        }
        for (Relation relation : against(candidate)) {
            claims.computeIfAbsent(relation.name(), key -> new ArrayList<>(1)).add(new Claim(candidate, relation));
        }
    }

    private void giveBack(DebPackage candidate) {
        chosen.remove(candidate.name());
        for (String name : names(candidate)) {
            present.getOrDefault(name, new ArrayList<>()).remove(candidate);
        }
        for (Relation relation : against(candidate)) {
            claims.getOrDefault(relation.name(), new ArrayList<>()).removeIf(claim -> claim.owner() == candidate);
        }
    }

    /** Why a package cannot be beside what is chosen; empty when it can. */
    private String conflict(DebPackage candidate) {
        for (Relation relation : against(candidate)) {
            for (DebPackage other : present.getOrDefault(relation.name(), List.of())) {
                if (other != candidate && other.satisfies(relation)) {
                    return candidate + " cannot be installed beside " + other;
                }
            }
        }
        for (String name : names(candidate)) {
            for (Claim claim : claims.getOrDefault(name, List.of())) {
                if (claim.owner() != candidate && candidate.satisfies(claim.relation())) {
                    return candidate + " cannot be installed beside " + claim.owner();
                }
            }
        }
        return "";
    }

    private static Set<String> names(DebPackage candidate) {
        Set<String> names = new HashSet<>();
        names.add(candidate.name());
        candidate.provides().forEach(provided -> names.add(provided.name()));
        return names;
    }

    private static List<Relation> against(DebPackage candidate) {
        List<Relation> all = new ArrayList<>(candidate.conflicts());
        all.addAll(candidate.breaks());
        return all;
    }

    private static RootfsException unknown(String name) {
        return new RootfsException(
                "rootfs.package.unknown",
                ErrorKind.INVALID,
                "The package " + name + " is in none of the package indexes.",
                "",
                Remedy.advice("Check the spelling, and that the component it belongs to is among the sources."),
                null);
    }

    private static RootfsException unsatisfiable(String name, String why) {
        return new RootfsException(
                "rootfs.package.unsatisfiable",
                ErrorKind.FAILED,
                "The package " + name + " cannot be installed: " + why + ".",
                why,
                Remedy.NONE,
                null);
    }
}
