/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Watches the framework as it starts: a plugin whose activator does not return would keep Berth from ever starting. It is interrupted, which ends
 * most waits; the others go on. One that does not heed that is named.
 */
final class StartWatch implements AutoCloseable {

    /** Felix starts bundles on it. */
    private static final String START_THREAD = "FelixStartLevel";

    private final BundleContext context;
    private final String plugins;
    private final Duration limit;
    private final BundleRuntime.Warnings warnings;
    private final CountDownLatch done = new CountDownLatch(1);

    /**
     * Watches from now on.
     *
     * @param plugins the folder of the plugins that the person installed
     * @param limit how long the activator of one may take
     */
    StartWatch(BundleContext context, Path plugins, Duration limit, BundleRuntime.Warnings warnings) {
        this.context = context;
        this.plugins = BundleRuntime.location(plugins.toAbsolutePath().normalize());
        this.limit = limit;
        this.warnings = warnings;
        Thread thread = new Thread(this::watch, "berth-start-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long suspect = -1;
        long since = 0;
        boolean told = false;
        try {
            while (!done.await(100, TimeUnit.MILLISECONDS)) {
                Optional<Bundle> starting = starting();
                long now = starting.map(Bundle::getBundleId).orElse(-1L);
                if (now != suspect) {
                    suspect = now;
                    since = System.nanoTime();
                    told = false;
                } else if (starting.isPresent() && !told && System.nanoTime() - since > limit.toNanos()) {
                    told = true;
                    String name = starting.get().getSymbolicName();
                    warnings.warn("The plugin " + name + " does not finish starting and is interrupted. If Berth stays"
                            + " away, switch it off: berth plugin disable " + name);
                    interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Bundle> starting() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith(plugins) && bundle.getState() == Bundle.STARTING)
                .findFirst();
    }

    private static void interrupt() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(START_THREAD))
                .forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        done.countDown();
    }
}
