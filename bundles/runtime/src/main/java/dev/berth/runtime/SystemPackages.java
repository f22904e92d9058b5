/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages that bundles import from the class path of the launcher, made from its jars.
 *
 * <p>These libraries are on the class path because they are no bundles (FlatLaf), do not resolve as bundles (jsvg, slf4j: both need a
 * service loader mediator), or exist once per process by nature.
 */
public final class SystemPackages {

    /** The libraries whose packages bundles may see. The framework and logback are nobody's business but the launcher's. */
    private static final List<String> LIBRARIES =
            List.of("flatlaf", "flatlaf-extras", "jsvg", "slf4j-api", "org.osgi.service.log");

    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+){0,2}).*\\.jar");

    private SystemPackages() {}

    /** Returns {@code package;version="…"} for each package of those libraries among {@code jars}, sorted. */
    public static SortedSet<String> of(Collection<Path> jars) throws IOException {
        SortedSet<String> packages = new TreeSet<>();
        for (Path path : jars) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (!name.matches() || !LIBRARIES.contains(name.group(1))) {
                continue;
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                jar.stream()
                        .map(entry -> entry.getName())
                        .filter(entry -> entry.endsWith(".class") && entry.contains("/"))
                        .filter(entry -> !entry.startsWith("META-INF/"))
                        .map(entry -> entry.substring(0, entry.lastIndexOf('/')).replace('/', '.'))
                        .map(each -> each + ";version=\"" + name.group(2) + "\"")
                        .forEach(packages::add);
            }
        }
        return packages;
    }
}
