/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.cache.BundleCache;
import org.apache.felix.framework.util.FelixConstants;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.log.LoggerFactory;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;

/** The framework with the bundles of a distribution and those that the person installed. */
final class BundleRuntime implements AutoCloseable {

    /** Up to here the bundles run for every command; above, only when a window opens. */
    static final int HEADLESS_LEVEL = 50;

    static final int WINDOW_LEVEL = 90;

    /** The level of bundles in {@code plugins/} of the home. */
    private static final int USER_PLUGIN_LEVEL = 40;

    /** Activators register services; those that work for long do it on a thread of their own. */
    static final Duration PLUGIN_START = Duration.ofSeconds(15);

    /** Long enough for a machine under heavy load; the application's bundle normally stands ready when the framework does. */
    private static final long APPLICATION_MILLIS = 10_000;

    /** How long bundles may take to stop before the process ends without them. */
    private static final long STOP_MILLIS = 5_000;

    private static final Logger LOG = org.slf4j.LoggerFactory.getLogger(BundleRuntime.class);

    private final Install install;
    private final Path home;
    private final Warnings warnings;
    private final CacheSlot slot;
    private final UserPlugins userPlugins;
    private Framework framework;
    private @Nullable PluginWatch watch;

    /** Takes the sentences that the person must see although Berth goes on. */
    interface Warnings {
        void warn(String sentence);
    }

    /**
     * Starts the framework up to {@link #HEADLESS_LEVEL}.
     *
     * @param properties framework properties for the bundles
     * @throws LaunchException when a bundle of the distribution, other than a plugin or a theme, cannot start
     */
    BundleRuntime(Install install, Path home, Map<String, String> properties, Warnings warnings)
            throws LaunchException {
        this.install = install;
        this.home = home;
        this.warnings = warnings;
        userPlugins = UserPlugins.of(home.resolve("plugins"), warnings);
        Path caches = home.resolve("cache").resolve("osgi");
        // Bundles are read where they lie, so a cache serves one build in one place.
        String key =
                install.buildId() + "-" + Integer.toHexString(install.folder().hashCode());
        try {
            slot = CacheSlot.take(caches, key);
        } catch (IOException e) {
            throw new LaunchException(
                    "Berth cannot write below its home " + home + " (" + e.getMessage()
                            + "). Name another with --home DIR or the variable BERTH_HOME.",
                    e);
        }
        boolean started = false;
        try {
            if (!slot.complete()) {
                CacheSlot.deleteOthers(caches, key);
            }
            Map<String, Object> configuration = configuration(properties);
            framework = initialise(configuration);
            start();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private Map<String, Object> configuration(Map<String, String> properties) throws LaunchException {
        Map<String, Object> configuration = new HashMap<>(properties);
        FrameworkLog log = new FrameworkLog();
        configuration.put(FelixConstants.LOG_LOGGER_PROP, log);
        configuration.put(FelixConstants.LOG_LEVEL_PROP, "2");
        configuration.put(Constants.FRAMEWORK_STORAGE, slot.folder().toString());
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(HEADLESS_LEVEL));
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, install.systemPackages());
        // The slot's lock does it, and survives a crash better.
        configuration.put(BundleCache.CACHE_LOCKING_PROP, "false");
        // Starting threads for a few dozen bundles costs more than they save.
        configuration.put(FelixConstants.RESOLVER_PARALLELISM, "1");
        configuration.put("ds.cache.metadata", "true");
        return configuration;
    }

    /** Opens the framework over the cache, over an emptied one if that is damaged. */
    private Framework initialise(Map<String, Object> configuration) throws LaunchException {
        try {
            Framework felix = new Felix(configuration);
            felix.init();
            if (!slot.complete() || holdsAll(felix.getBundleContext())) {
                return felix;
            }
            // Felix leaves out what it cannot read, and goes on.
            felix.stop();
            felix.waitForStop(STOP_MILLIS);
        } catch (BundleException | RuntimeException e) {
            LOG.warn("The framework does not open {}", slot.folder(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("Interrupted.", e);
        }
        LOG.warn("The bundle cache {} is damaged and made anew", slot.folder());
        try {
            slot.clear();
            Framework felix = new Felix(configuration);
            felix.init();
            return felix;
        } catch (IOException | BundleException e) {
            throw new LaunchException("The framework does not start: " + e.getMessage(), e);
        }
    }

    private boolean holdsAll(BundleContext context) throws LaunchException {
        for (Install.Entry entry : install.bundles()) {
            if (context.getBundle(location(entry.jar())) == null) {
                return false;
            }
        }
        return true;
    }

    /** Bundles are not copied into the cache. */
    static String location(Path jar) {
        return "reference:" + jar.toUri();
    }

    private void start() throws LaunchException {
        BundleContext context = framework.getBundleContext();
        try {
            if (!slot.complete()) {
                for (Install.Entry entry : install.bundles()) {
                    install(context, entry.jar(), entry.level());
                }
            }
            userPlugins.synchronise(context, USER_PLUGIN_LEVEL);
            if (!slot.complete()) {
                slot.markComplete();
            }
            context.registerService(LoggerFactory.class, new FrameworkLog(), null);
            Dictionary<String, Object> window = new Hashtable<>();
            window.put("berth.window", true);
            context.registerService(Runnable.class, this::openWindow, window);
            Dictionary<String, Object> folders = new Hashtable<>();
            folders.put("berth.plugin.folder", true);
            context.registerService(Consumer.class, (Consumer<Path>) this::followBuild, folders);
            Dictionary<String, Object> explainer = new Hashtable<>();
            explainer.put("berth.explain", true);
            context.registerService(
                    Function.class,
                    (Function<Bundle, String>) bundle -> Unresolved.explain(bundle, context.getBundles()),
                    explainer);
            try (StartWatch watch = new StartWatch(context, userPlugins.folder(), PLUGIN_START, warnings)) {
                framework.start();
            }
        } catch (BundleException | IOException e) {
            throw new LaunchException("Berth does not start: " + e.getMessage(), e);
        }
        report();
    }

    /** Installs a bundle where it lies, and has it started whenever the framework reaches its level. */
    static Bundle install(BundleContext context, Path jar, int level) throws BundleException {
        Bundle bundle = context.installBundle(location(jar));
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            bundle.start();
        }
        return bundle;
    }

    /** Warns of plugins that do not resolve; throws for the first other bundle. */
    private void report() throws LaunchException {
        Bundle[] all = framework.getBundleContext().getBundles();
        int level = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        for (Bundle bundle : all) {
            if (bundle.getState() == Bundle.INSTALLED
                    && bundle.adapt(BundleStartLevel.class).getStartLevel() <= level) {
                String name = bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
                String why = Unresolved.explain(bundle, all);
                if (isCore(bundle)) {
                    throw new LaunchException(
                            LaunchException.FAILED, "Berth cannot start: the bundle " + name + " does not; " + why);
                }
                warnings.warn("The plugin " + name + " is left out: " + why);
            }
        }
    }

    private boolean isCore(Bundle bundle) {
        return bundle.getLocation().startsWith(location(install.folder().resolve("bundles")));
    }

    /** Starts the bundles of the window; returns when they have started. */
    private synchronized void openWindow() {
        FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
        if (level.getStartLevel() >= WINDOW_LEVEL) {
            return;
        }
        // The thread that first touches AWT gives the windows their WM_CLASS; here it is the main thread,
        // "dev-berth-launcher-Main".
        java.awt.Toolkit.getDefaultToolkit();
        try {
            // While a window is open, plugins come and go without a restart.
            watch().follow(userPlugins);
        } catch (IOException e) {
            LOG.warn("The folder of plugins is not followed: they are found at the next start", e);
        }
        CountDownLatch reached = new CountDownLatch(1);
        level.setStartLevel(WINDOW_LEVEL, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED || event.getType() == FrameworkEvent.ERROR) {
                reached.countDown();
            }
        });
        try {
            reached.await();
            report();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LaunchException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Takes up the plugins that are built into a folder, and swaps each when it is built again. */
    private void followBuild(Path folder) {
        try {
            watch().follow(UserPlugins.ofBuild(folder, warnings));
        } catch (IOException e) {
            warnings.warn("The folder " + folder + " cannot be followed: " + e.getMessage());
        }
    }

    private synchronized PluginWatch watch() throws IOException {
        PluginWatch current = watch;
        if (current == null) {
            current = new PluginWatch(framework.getBundleContext(), USER_PLUGIN_LEVEL);
            watch = current;
        }
        return current;
    }

    /** Returns what a bundle has registered as the application; its result is the exit code. */
    Callable<?> application() throws LaunchException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        try {
            var tracker = new ServiceTracker<Callable<?>, Callable<?>>(
                    context,
                    context.createFilter("(&(objectClass=" + Callable.class.getName() + ")(berth.main=true))"),
                    null);
            tracker.open();
            Callable<?> application = tracker.waitForService(APPLICATION_MILLIS);
            if (application == null) {
                throw new LaunchException(
                        LaunchException.FAILED,
                        "Berth cannot start: no bundle offers the command line. " + Logs.file(home) + " may say why.");
            }
            return application;
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns all installed bundles. */
    List<Bundle> bundles() {
        return List.of(framework.getBundleContext().getBundles());
    }

    /** Stops all bundles; what they leave behind after a few seconds ends with the process. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        PluginWatch following = watch;
        if (following != null) {
            following.close();
        }
        try {
            @Nullable Framework running = framework;
            if (running != null) {
                running.stop();
                if (running.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                    LOG.warn("Not all bundles have stopped within {} ms: {}", STOP_MILLIS, stillActive());
                }
            }
        } catch (BundleException e) {
            LOG.warn("The framework does not stop", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            slot.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<String> stillActive() {
        List<String> names = new ArrayList<>();
        BundleContext context = framework.getBundleContext();
        if (context != null) {
            for (Bundle bundle : context.getBundles()) {
                if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STOPPING) {
                    names.add(bundle.getSymbolicName());
                }
            }
        }
        return names;
    }
}
