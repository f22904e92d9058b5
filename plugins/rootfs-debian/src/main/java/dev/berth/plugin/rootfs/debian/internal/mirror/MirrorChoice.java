/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Decides which suites of which mirror a root file system is made from: those the request names, else those that the
 * host's own apt uses for the same distribution.
 */
public final class MirrorChoice {

    private static final List<String> DEBIAN_KEYRINGS =
            List.of("/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp");
    private static final List<String> UBUNTU_KEYRINGS = List.of("/usr/share/keyrings/ubuntu-archive-keyring.gpg");

    private final String distribution;
    private final String suite;
    private final Map<String, String> options;

    /**
     * @param distribution {@code debian} or {@code ubuntu}
     * @param options of the request: {@code mirror}, {@code security-mirror}, {@code components}, {@code keyring},
     *     {@code check-valid-until}
     */
    public MirrorChoice(String distribution, String suite, Map<String, String> options) {
        this.distribution = distribution;
        this.suite = suite;
        this.options = options;
    }

    /**
     * The suites to read, the main one first.
     *
     * @throws RootfsException of kind MISSING if the request names no mirror and the host has none for this distribution
     */
    public List<SourceEntry> choose(List<SourceEntry> hostSources) throws RootfsException {
        String mirror = options.get("mirror");
        List<SourceEntry> chosen = mirror != null ? named(mirror) : fromHost(hostSources);
        if (chosen.isEmpty()) {
            throw new RootfsException(
                    "rootfs.mirror.missing",
                    ErrorKind.MISSING,
                    "This host has no apt sources for " + distribution + ", and no mirror is set.",
                    "looked for " + distribution + ":" + suite + " in /etc/apt/sources.list and sources.list.d",
                    Remedy.advice("Set the option \"mirror\" to the address of a mirror, or use an oci: reference."),
                    null);
        }
        return chosen;
    }

    private List<SourceEntry> named(String mirror) {
        List<String> keyring = keyrings(List.of());
        String uri = AptSources.slashed(mirror);
        boolean check = !"no".equals(options.get("check-valid-until"));
        List<SourceEntry> entries = new ArrayList<>();
        entries.add(new SourceEntry(uri, suite, components(List.of("main")), keyring, check, false));
        if (hasUpdates()) {
            SourceEntry first = entries.get(0);
            entries.add(first.as(suite + "-updates"));
            String security = options.get("security-mirror");
            entries.add(new SourceEntry(
                            security == null ? uri : AptSources.slashed(security),
                            suite,
                            first.components(),
                            keyring,
                            check,
                            true)
                    .as(suite + "-security"));
        }
        return entries;
    }

    private List<SourceEntry> fromHost(List<SourceEntry> hostSources) {
        List<SourceEntry> own = hostSources.stream()
                .filter(this::ofDistribution)
                .map(this::adjusted)
                .toList();
        List<SourceEntry> entries = new ArrayList<>();
        List<String> wanted = List.of(suite, suite + "-updates", suite + "-security", suite + "/updates");
        for (String name : wanted) {
            own.stream().filter(entry -> entry.suite().equals(name)).forEach(entries::add);
        }
        if (entries.stream().anyMatch(entry -> entry.suite().equals(suite))) {
            return entries;
        }
        // The host runs another release: its mirror has this one too, most likely.
        entries.clear();
        own.stream().filter(entry -> !isSecurity(entry)).findFirst().ifPresent(entry -> {
            SourceEntry main = entry.as(suite);
            entries.add(new SourceEntry(
                    main.uri(), suite, main.components(), main.signedBy(), main.checkValidUntil(), false));
            if (hasUpdates()) {
                entries.add(main.as(suite + "-updates"));
            }
        });
        if (!entries.isEmpty() && hasUpdates()) {
            own.stream()
                    .filter(MirrorChoice::isSecurity)
                    .findFirst()
                    .ifPresent(entry -> entries.add(entry.as(suite + "-security")));
        }
        return entries;
    }

    private boolean hasUpdates() {
        return !suite.equals("sid") && !suite.equals("unstable") && !suite.contains("-");
    }

    private static boolean isSecurity(SourceEntry entry) {
        return entry.suite().endsWith("-security")
                || entry.suite().endsWith("/updates")
                || entry.archiveName().endsWith("-security");
    }

    private boolean ofDistribution(SourceEntry entry) {
        String name = entry.archiveName();
        boolean byKey = entry.signedBy().stream().anyMatch(key -> key.contains(distribution + "-archive"));
        return byKey || name.equals(distribution) || name.startsWith(distribution + "-");
    }

    private SourceEntry adjusted(SourceEntry entry) {
        String check = options.get("check-valid-until");
        return new SourceEntry(
                entry.uri(),
                entry.suite(),
                components(entry.components()),
                keyrings(entry.signedBy()),
                check == null ? entry.checkValidUntil() : !check.equals("no"),
                entry.optional());
    }

    private List<String> components(List<String> otherwise) {
        String named = options.getOrDefault("components", "").strip();
        return named.isEmpty() ? otherwise : Arrays.asList(named.split("[\\s,]+"));
    }

    /** What the request names, else what the source names, else what the distribution's package installs. */
    private List<String> keyrings(List<String> signedBy) {
        String named = options.get("keyring");
        if (named != null) {
            return List.of(named);
        }
        if (!signedBy.isEmpty()) {
            return signedBy;
        }
        return defaultKeyrings(distribution);
    }

    /** Where the keyring package of a distribution puts its keys, as far as they are on this host. */
    public static List<String> defaultKeyrings(String distribution) {
        return (distribution.equals("ubuntu") ? UBUNTU_KEYRINGS : DEBIAN_KEYRINGS)
                .stream()
                        .filter(file -> Files.isReadable(Path.of(file)))
                        .limit(1)
                        .toList();
    }
}
