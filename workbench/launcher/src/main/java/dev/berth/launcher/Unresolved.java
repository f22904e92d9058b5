/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says in words why a bundle does not resolve. */
final class Unresolved {

    private static final Pattern FROM = Pattern.compile("\\(version>=([^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]*)\\)\\)");

    private Unresolved() {}

    /** Returns what the bundle needs and nothing among {@code all} offers, as the end of "X cannot start: …". */
    static String explain(Bundle bundle, Bundle... all) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return "its jar cannot be read.";
        }
        List<BundleRequirement> requirements = revision.getDeclaredRequirements(null).stream()
                .filter(each -> !Constants.RESOLUTION_OPTIONAL.equals(
                        each.getDirectives().get("resolution")))
                .filter(each -> !"dynamic".equals(each.getDirectives().get("resolution")))
                .toList();
        for (BundleRequirement requirement : requirements) {
            if (provider(requirement, all).isEmpty()) {
                return "it needs " + inWords(requirement) + ", which nothing here offers.";
            }
        }
        for (BundleRequirement requirement : requirements) {
            Optional<Bundle> provider = provider(requirement, all);
            if (provider.isPresent()
                    && provider.get().getState() == Bundle.INSTALLED
                    && !provider.get().equals(bundle)) {
                return "it needs " + inWords(requirement) + " from "
                        + provider.get().getSymbolicName() + ", which cannot start either.";
            }
        }
        return "the bundles that it needs do not fit together (two versions of one library?).";
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

    private static String inWords(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault("filter", "");
        if (requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            Matcher name =
                    Pattern.compile("\\(osgi\\.wiring\\.package=([^)]*)\\)").matcher(filter);
            return "the package " + (name.find() ? name.group(1) : filter) + versions(filter);
        }
        if (requirement.getNamespace().equals("osgi.ee")) {
            return "a newer Java than " + System.getProperty("java.version") + " " + filter;
        }
        return "the capability " + requirement.getNamespace() + " " + filter;
    }

    private static String versions(String filter) {
        Matcher below = BELOW.matcher(filter);
        boolean limited = below.find();
        Matcher from = FROM.matcher(filter.replace(limited ? below.group() : "", ""));
        StringBuilder words = new StringBuilder();
        if (from.find()) {
            words.append(" from version ").append(from.group(1));
        }
        if (limited) {
            words.append(words.isEmpty() ? " below version " : " and below ").append(below.group(1));
        }
        return words.toString();
    }
}
