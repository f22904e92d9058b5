/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * A run that only exists so that the JVM can write its archive of loaded classes ({@code -XX:ArchiveClassesAtExit}): it loads the
 * classes of Berth's own bundles, so that every command starts fast and not only the one that was trained.
 */
final class Training {

    /** Berth's own bundles, and the libraries of which a command needs many classes. */
    private static final Pattern NEARLY_ALWAYS_USED = Pattern.compile(
            "dev\\.berth\\.|tools\\.jackson\\.|com\\.fasterxml\\.jackson\\.|org\\.apache\\.felix\\.scr|org\\.osgi\\.");

    private Training() {}

    /** Does nothing unless {@code -Dberth.train=true}. */
    static void loadClasses(BundleRuntime runtime) {
        if (!Boolean.getBoolean("berth.train")) {
            return;
        }
        for (Bundle bundle : runtime.bundles()) {
            if (NEARLY_ALWAYS_USED.matcher(bundle.getSymbolicName()).lookingAt()) {
                Enumeration<URL> classes = bundle.findEntries("/", "*.class", true);
                for (URL url : classes == null ? Collections.<URL>emptyList() : Collections.list(classes)) {
                    load(bundle, url.getPath());
                }
            }
        }
    }

    private static void load(Bundle bundle, String path) {
        String name = path.substring(1, path.length() - ".class".length()).replace('/', '.');
        if (name.endsWith("-info")) {
            return;
        }
        try {
            // Asking for the methods links the class; the archive of Java 17 takes only linked ones.
            var unused = bundle.loadClass(name).getDeclaredMethods();
        } catch (ClassNotFoundException | LinkageError e) {
            // A class that cannot be loaded here cannot be archived; it costs nothing else.
        }
    }
}
