/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.mirror.MirrorIndexes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The apt sources inside the guest: the mirror that its packages came from, so that {@code apt-get update} works. */
final class GuestSources {

    private static final String OWN_KEYRING = "etc/apt/keyrings/berth-archive.gpg";

    private GuestSources() {}

    /** Files to be in the tree, by path. */
    static Map<String, byte[]> files(String distribution, List<MirrorIndexes.Suite> suites, List<DebPackage> packages) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        String packaged = distribution + "-archive-keyring";
        String keyringPackage = distribution.equals("ubuntu") ? "ubuntu-keyring" : packaged;
        boolean hasPackage = packages.stream().anyMatch(p -> p.name().equals(keyringPackage));
        for (MirrorIndexes.Suite suite : suites) {
            boolean usual =
                    hasPackage && suite.entry().signedBy().stream().allMatch(key -> key.contains("/" + packaged + "."));
            if (!usual) {
                files.put(OWN_KEYRING, suite.keys().encoded());
            }
            text.append(text.length() == 0 ? "" : "\n")
                    .append("Types: deb\nURIs: ")
                    .append(suite.entry().uri());
            text.append("\nSuites: ").append(suite.entry().suite());
            text.append("\nComponents: ").append(String.join(" ", suite.entry().components()));
            text.append("\nSigned-By: /");
            text.append(usual ? "usr/share/keyrings/" + packaged + ".gpg" : OWN_KEYRING)
                    .append('\n');
            if (!suite.entry().checkValidUntil()) {
                text.append("Check-Valid-Until: no\n");
            }
        }
        files.put(
                "etc/apt/sources.list.d/" + distribution + ".sources",
                text.toString().getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
