/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Brings the framework in line with the jars that the person put into the {@code plugins} folder of the home. */
final class UserPlugins {

    private final Path folder;
    private final BundleRuntime.Warnings warnings;

    UserPlugins(Path folder, BundleRuntime.Warnings warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /** Installs what is new, reads again what has changed, removes what is gone. A jar that is no bundle is warned of. */
    void synchronise(BundleContext context, int level) throws IOException {
        Map<String, Bundle> gone = new HashMap<>();
        String prefix = BundleRuntime.location(folder);
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(prefix)) {
                gone.put(bundle.getLocation(), bundle);
            }
        }
        for (Path jar : jars()) {
            Bundle known = gone.remove(BundleRuntime.location(jar));
            try {
                if (known == null) {
                    BundleRuntime.install(context, jar, level);
                } else if (known.getLastModified()
                        < Files.getLastModifiedTime(jar).toMillis()) {
                    known.update();
                }
            } catch (BundleException e) {
                warnings.warn("The plugin " + jar + " is left out: " + e.getMessage());
            }
        }
        for (Bundle bundle : gone.values()) {
            try {
                bundle.uninstall();
            } catch (BundleException e) {
                warnings.warn("The plugin " + bundle.getSymbolicName() + " cannot be removed: " + e.getMessage());
            }
        }
    }

    private List<Path> jars() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        }
    }
}
