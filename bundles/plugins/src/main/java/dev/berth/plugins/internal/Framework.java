/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;

/** What the framework of this process knows of plugins. */
final class Framework {

    private static final String TRIAL = "berth-trial:";

    private final BundleContext context;
    private final Function<Bundle, String> explainer;
    private final Path folder;

    Framework(BundleContext context, Function<Bundle, String> explainer, Path folder) {
        this.context = context;
        this.explainer = explainer;
        this.folder = folder;
    }

    /** Returns the bundle that was installed from a jar of the home. */
    Optional<Bundle> of(Path jar) {
        return Optional.ofNullable(context.getBundle("reference:" + jar.toUri()));
    }

    String explain(Bundle bundle) {
        return explainer.apply(bundle);
    }

    /** Throws if a bundle of Berth itself has the name. */
    void checkName(String name) throws BerthException {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())
                    && !bundle.getLocation().startsWith("reference:" + folder.toUri())
                    && !bundle.getLocation().startsWith("berth-dev:")) {
                throw Problems.invalid(
                        "plugin.taken",
                        "The plugin " + name + " has the name of a part of Berth.",
                        "Its author has to choose another.",
                        null);
            }
        }
    }

    /** Throws if this Berth lacks what the jar needs. Its code does not run. */
    void checkNeeds(Path jar, String name) throws BerthException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            Bundle trial = context.installBundle(TRIAL + jar.toUri(), in);
            try {
                boolean fits = Objects.requireNonNull(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION))
                        .adapt(FrameworkWiring.class)
                        .resolveBundles(List.of(trial));
                if (!fits) {
                    throw Problems.invalid(
                            "plugin.needs", "The plugin " + name + " cannot run here: " + explain(trial), "", null);
                }
            } finally {
                trial.uninstall();
            }
        } catch (BundleException e) {
            if (e.getType() != BundleException.DUPLICATE_BUNDLE_ERROR) {
                throw Problems.invalid("plugin.damaged", "The framework does not take the plugin " + name + ".", "", e);
            }
            // The same version is installed: it has been tried.
        }
    }
}
