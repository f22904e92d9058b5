/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files of packages that stay out of a tree (dpkg(1), {@code path-exclude}); dpkg is told so too, for packages that are
 * installed later. Folders are made all the same.
 */
public final class Excludes {

    /** Where dpkg reads of them. */
    private static final String FILE = "etc/dpkg/dpkg.cfg.d/berth-excludes";

    private static final int MOST = 200;
    private static final Pattern FORM = Pattern.compile("/[A-Za-z0-9/._+*?@-]{1,200}");

    private final List<String> patterns;
    private final List<Pattern> compiled;

    private Excludes(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        compiled = patterns.stream()
                .map(glob -> Stream.of(glob.substring(1).split("(?<=[*?])|(?=[*?])"))
                        .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                        .collect(Collectors.joining()))
                .map(Pattern::compile)
                .toList();
    }

    /**
     * Reads patterns of shells, in which {@code *} also matches slashes.
     *
     * @param text separated by blanks
     * @throws IllegalArgumentException if one has no such form
     */
    public static Excludes parse(String text) {
        List<String> patterns =
                text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
        if (patterns.size() > MOST) {
            throw new IllegalArgumentException(patterns.size() + " patterns");
        }
        for (String each : patterns) {
            if (!FORM.matcher(each).matches()) {
                throw new IllegalArgumentException(each);
            }
        }
        return new Excludes(patterns);
    }

    /** Whether a file stays out. */
    boolean test(String path) {
        for (Pattern each : compiled) {
            if (each.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    /** What to write for dpkg; nothing when all comes in. */
    public Map<String, byte[]> files() {
        return patterns.isEmpty()
                ? Map.of()
                : Map.of(
                        FILE,
                        patterns.stream()
                                .map(each -> "path-exclude=" + each + "\n")
                                .collect(Collectors.joining())
                                .getBytes(StandardCharsets.UTF_8));
    }
}
