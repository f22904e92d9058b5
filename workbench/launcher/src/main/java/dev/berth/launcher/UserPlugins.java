/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Brings the framework in line with the jars in a folder: the {@code plugins} folder of the home, or the one that an author builds into.
 * Before the framework starts, and again whenever the folder changes while it runs.
 */
final class UserPlugins {

    /** How long bundles may take to let go of a plugin that was replaced. */
    private static final long REFRESH_SECONDS = 10;

    private final Path folder;
    private final boolean build;
    private final BundleRuntime.Warnings warnings;
    private final Map<String, String> seen = new HashMap<>();
    /** What was warned of, by location, as it was then: each state of a jar is told of once. */
    private final Map<String, String> warned = new HashMap<>();

    private Duration limit = BundleRuntime.PLUGIN_START;
    private boolean torn;

    private UserPlugins(Path folder, boolean build, BundleRuntime.Warnings warnings) {
        this.folder = folder.toAbsolutePath().normalize();
        this.build = build;
        this.warnings = warnings;
    }

    /** The plugins that the person installed, read where they lie. */
    static UserPlugins of(Path folder, BundleRuntime.Warnings warnings) {
        return new UserPlugins(folder, false, warnings);
    }

    /** What a build writes: jars are copied, since they are overwritten in place, and those that are no bundles are passed over. */
    static UserPlugins ofBuild(Path folder, BundleRuntime.Warnings warnings) {
        return new UserPlugins(folder, true, warnings);
    }

    /** Gives activators so long, and not what they get otherwise. */
    UserPlugins limit(Duration other) {
        limit = other;
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Whether the last {@link #synchronise} met a jar that could not be read, perhaps because someone is still writing it. */
    boolean torn() {
        return torn;
    }

    /** Installs what is new, reads again what has changed, removes what is gone. A jar that is no bundle is warned of. */
    synchronized void synchronise(BundleContext context, int level) throws IOException {
        torn = false;
        boolean running = context.getBundle(0).getState() == Bundle.ACTIVE;
        Map<String, Bundle> gone = new HashMap<>();
        String prefix = location(folder);
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(prefix)) {
                gone.put(bundle.getLocation(), bundle);
            }
        }
        List<Bundle> replaced = new ArrayList<>();
        List<Bundle> changed = new ArrayList<>();
        for (Path jar : jars()) {
            String location = location(jar);
            if (!build && !Pins.holds(jar)) {
                // One that runs is stopped with those that are gone.
                torn = true;
                seen.remove(location);
                warnOnce(
                        location,
                        jar,
                        "it is not the jar that was installed. Get it again from its author: berth plugin rm "
                                + name(jar) + ", then berth plugin install.");
                continue;
            }
            Bundle known = gone.remove(location);
            String now = signature(jar);
            String before = seen.put(location, now);
            boolean newer = before == null
                    ? known != null
                            && known.getLastModified()
                                    < Files.getLastModifiedTime(jar).toMillis()
                    : !before.equals(now);
            try {
                if (known == null) {
                    changed.add(install(context, jar, level));
                } else if (newer) {
                    update(known, jar);
                    replaced.add(known);
                    changed.add(known);
                }
            } catch (BundleException e) {
                torn = true;
                seen.remove(location);
                if (!build) {
                    warnOnce(location, jar, e.getMessage());
                }
            }
        }
        for (Bundle bundle : gone.values()) {
            try {
                seen.remove(bundle.getLocation());
                bundle.uninstall();
                replaced.add(bundle);
            } catch (BundleException e) {
                warnings.warn("The plugin " + bundle.getSymbolicName() + " cannot be removed: " + e.getMessage());
            }
        }
        if (running) {
            refresh(context, replaced);
        }
        for (Bundle bundle : changed) {
            if (running) {
                startWithin(limit, context, bundle);
            } else {
                start(context, bundle);
            }
        }
    }

    private void warnOnce(String location, Path jar, @Nullable String why) throws IOException {
        String now = signature(jar);
        if (!now.equals(warned.put(location, now))) {
            warnings.warn("The plugin " + jar + " is left out: " + why);
        }
    }

    private static String name(Path jar) {
        String file = String.valueOf(jar.getFileName());
        return file.substring(0, file.length() - ".jar".length());
    }

    private Bundle install(BundleContext context, Path jar, int level) throws BundleException, IOException {
        FrameworkStartLevel levels = context.getBundle(0).adapt(FrameworkStartLevel.class);
        int usual = levels.getInitialBundleStartLevel();
        // Setting the level of a bundle would happen some time later, on another thread.
        levels.setInitialBundleStartLevel(level);
        try {
            if (!build) {
                return context.installBundle(location(jar));
            }
            return context.installBundle(location(jar), Files.newInputStream(jar));
        } finally {
            levels.setInitialBundleStartLevel(usual);
        }
    }

    private void update(Bundle bundle, Path jar) throws BundleException, IOException {
        if (build) {
            bundle.update(Files.newInputStream(jar));
        } else {
            bundle.update();
        }
    }

    /** Has those who use what was replaced use what is there now, so that nothing holds the old classes. */
    private static void refresh(BundleContext context, List<Bundle> bundles) {
        if (bundles.isEmpty()) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles, event -> done.countDown());
        try {
            var unused = done.await(REFRESH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever follows the folder must not wait for ever for one that does not return. */
    private void startWithin(Duration limit, BundleContext context, Bundle bundle) {
        Thread starter = new Thread(() -> start(context, bundle), "berth-plugin-start-" + bundle.getSymbolicName());
        starter.setDaemon(true);
        starter.start();
        try {
            starter.join(limit.toMillis());
            if (starter.isAlive()) {
                warnings.warn("The plugin " + bundle.getSymbolicName()
                        + " does not finish starting and is interrupted. It can be switched off: berth plugin disable "
                        + bundle.getSymbolicName());
                starter.interrupt();
                starter.join(limit.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(BundleContext context, Bundle bundle) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
            return;
        }
        try {
            bundle.start();
            if (build) {
                // The author waits for this line.
                System.err.println("berth: " + bundle.getSymbolicName() + " " + bundle.getVersion() + " runs");
            }
        } catch (BundleException e) {
            String why = bundle.getState() == Bundle.INSTALLED
                    ? Unresolved.explain(bundle, context.getBundles())
                    : "it fails as it starts: " + cause(e);
            warnings.warn("The plugin " + bundle.getSymbolicName() + " is left out: " + why);
        }
    }

    private static String cause(BundleException error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private String location(Path path) {
        return build ? "berth-dev:" + path.toUri() : BundleRuntime.location(path);
    }

    private static String signature(Path jar) throws IOException {
        return Files.size(jar) + " " + Files.getLastModifiedTime(jar);
    }

    private List<Path> jars() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !build || isBundle(file))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        }
    }

    private boolean isBundle(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getManifest() != null
                    && jar.getManifest().getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
        } catch (IOException e) {
            // Half written; the next event comes when it is whole.
            torn = true;
            return false;
        }
    }
}
