/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says in words why a bundle does not resolve. */
final class Unresolved {

    private static final Pattern FROM = Pattern.compile("\\((?:bundle-)?version>=([^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\((?:bundle-)?version>=([^)]*)\\)\\)");

    private Unresolved() {}

    /** Returns what the bundle needs and nothing among {@code all} offers, as the end of "X cannot start: …". */
    static String explain(Bundle bundle, Bundle... all) {
        return lack(bundle, new HashSet<>(), all)
                .map(lack -> "it " + lack)
                .orElse("the bundles that it needs do not fit together (two versions of one library?).");
    }

    /** Returns what stands between a bundle and its start, as "needs …", if it is something that is not here. */
    private static Optional<String> lack(Bundle bundle, Set<Bundle> asked, Bundle... all) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return Optional.of("is a jar that cannot be read.");
        }
        asked.add(bundle);
        List<BundleRequirement> requirements = revision.getDeclaredRequirements(null).stream()
                .filter(each -> !Constants.RESOLUTION_OPTIONAL.equals(
                        each.getDirectives().get("resolution")))
                .filter(each -> !"dynamic".equals(each.getDirectives().get("resolution")))
                .toList();
        for (BundleRequirement requirement : requirements) {
            if (provider(requirement, all).isEmpty()) {
                return Optional.of(missing(requirement, all));
            }
        }
        for (BundleRequirement requirement : requirements) {
            Bundle provider = provider(requirement, all).orElse(bundle);
            if (provider.getState() == Bundle.INSTALLED && !asked.contains(provider)) {
                Optional<String> deeper = lack(provider, asked, all);
                if (deeper.isPresent()) {
                    return Optional.of("needs " + inWords(requirement) + " from " + provider.getSymbolicName()
                            + ", which cannot start either: it " + deeper.get());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Bundle> provider(BundleRequirement requirement, Bundle... all) {
        return Arrays.stream(all)
                .filter(each -> {
                    BundleRevision revision = each.adapt(BundleRevision.class);
                    return revision != null
                            && revision.getDeclaredCapabilities(requirement.getNamespace()).stream()
                                    .anyMatch(requirement::matches);
                })
                // A bundle that runs explains nothing; but one that resolves is a better provider than one that does
                // not.
                .max((a, b) -> Integer.compare(a.getState(), b.getState()));
    }

    private static String missing(BundleRequirement requirement, Bundle... all) {
        if (requirement.getNamespace().equals("osgi.ee")) {
            Matcher version = Pattern.compile("version>?=([0-9.]+)").matcher(filter(requirement));
            return "needs Java " + (version.find() ? version.group(1) : filter(requirement))
                    + " or newer, and Berth runs on Java "
                    + Runtime.version().feature() + ".";
        }
        if (requirement.getNamespace().equals(HostNamespace.HOST_NAMESPACE)) {
            return "adds to " + inWords(requirement) + ", which is not installed.";
        }
        Optional<Version> here = offered(requirement, all);
        if (here.isEmpty()) {
            return "needs " + inWords(requirement) + ", which nothing here offers.";
        }
        Matcher from = FROM.matcher(BELOW.matcher(filter(requirement)).replaceAll(""));
        boolean tooOld = from.find() && here.get().compareTo(Version.parseVersion(from.group(1))) < 0;
        if (name(requirement).startsWith("dev.berth.")) {
            return "needs " + inWords(requirement) + ", and this Berth has " + here.get()
                    + (tooOld ? ": update Berth." : ": the plugin is for an older Berth, look for a newer one.");
        }
        return "needs " + inWords(requirement) + ", and what is here is " + here.get() + ".";
    }

    /** Returns the highest version of the required thing, of any version, that is here. */
    private static Optional<Version> offered(BundleRequirement requirement, Bundle... all) {
        String namespace = requirement.getNamespace();
        String name = name(requirement);
        List<Version> versions = new ArrayList<>();
        for (Bundle bundle : all) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            for (BundleCapability capability :
                    revision == null ? List.<BundleCapability>of() : revision.getDeclaredCapabilities(namespace)) {
                if (name.equals(capability.getAttributes().get(namespace))) {
                    Object version = capability.getAttributes().containsKey("bundle-version")
                            ? capability.getAttributes().get("bundle-version")
                            : capability.getAttributes().get("version");
                    if (version instanceof Version known) {
                        versions.add(known);
                    }
                }
            }
        }
        return versions.stream().max(Version::compareTo);
    }

    private static String filter(BundleRequirement requirement) {
        return requirement.getDirectives().getOrDefault("filter", "");
    }

    /** Returns what the namespace calls the required thing: the name of a package, of a bundle. */
    private static String name(BundleRequirement requirement) {
        Matcher name = Pattern.compile("\\(" + Pattern.quote(requirement.getNamespace()) + "=([^)]*)\\)")
                .matcher(filter(requirement));
        return name.find() ? name.group(1) : filter(requirement);
    }

    private static String inWords(BundleRequirement requirement) {
        String versions = versions(filter(requirement));
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "the package " + name(requirement) + versions;
            case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE ->
                "the bundle " + name(requirement) + versions;
            case "osgi.service" -> "the service " + objectClass(filter(requirement));
            default -> "the capability " + requirement.getNamespace() + " " + filter(requirement);
        };
    }

    private static String objectClass(String filter) {
        Matcher name = Pattern.compile("objectClass=([^)]*)").matcher(filter);
        return name.find() ? name.group(1) : filter;
    }

    private static String versions(String filter) {
        Matcher below = BELOW.matcher(filter);
        boolean limited = below.find();
        Matcher from = FROM.matcher(filter.replace(limited ? below.group() : "", ""));
        StringBuilder words = new StringBuilder();
        if (from.find() && !from.group(1).equals("0.0.0")) {
            words.append(" from version ").append(from.group(1));
        }
        if (limited) {
            words.append(words.isEmpty() ? " below version " : " and below ").append(below.group(1));
        }
        return words.toString();
    }
}
