/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.ui.theme.Theme;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Themes;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/** Finds themes and icon sets in the manifests of bundles; they come and go with their bundles. */
final class ContributedBundles implements BundleTrackerCustomizer<List<Runnable>> {

    private static final String ICONS = "dev.berth.icons";

    private final Themes themes;
    private final Icons icons;
    private final BundleTracker<List<Runnable>> tracker;

    ContributedBundles(BundleContext context, Themes themes, Icons icons) {
        this.themes = themes;
        this.icons = icons;
        tracker = new BundleTracker<>(context, Bundle.ACTIVE | Bundle.STARTING, this);
    }

    void open() {
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    @Override
    public @Nullable List<Runnable> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return null;
        }
        List<Runnable> undo = new ArrayList<>();
        for (BundleCapability capability : revision.getDeclaredCapabilities(Theme.CAPABILITY)) {
            Theme theme = theme(bundle, capability.getAttributes());
            if (theme != null) {
                themes.add(theme);
                undo.add(() -> themes.remove(theme));
            }
        }
        for (BundleCapability capability : revision.getDeclaredCapabilities(ICONS)) {
            String path = String.valueOf(capability.getAttributes().get("path"));
            Function<String, @Nullable URL> set = name -> bundle.getEntry(path + "/" + name);
            icons.add(set);
            undo.add(() -> icons.remove(set));
        }
        return undo.isEmpty() ? null : undo;
    }

    private static @Nullable Theme theme(Bundle bundle, Map<String, Object> attributes) {
        URL properties = bundle.getEntry(String.valueOf(attributes.get("path")));
        return properties == null
                ? null
                : new Theme(
                        String.valueOf(attributes.get("id")),
                        String.valueOf(attributes.get("title")),
                        Boolean.parseBoolean(String.valueOf(attributes.get("dark"))),
                        properties);
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, List<Runnable> undo) {}

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, List<Runnable> undo) {
        undo.forEach(Runnable::run);
    }
}
