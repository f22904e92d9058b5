/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows folders of plugins while Berth runs: what is put there starts, what is replaced is swapped, what is deleted goes. */
final class PluginWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);

    /** A build writes its jar in many pieces; what comes within this time is taken as one change. */
    private static final long SETTLE_MILLIS = 100;

    /** How soon a jar that could not be read is tried again without an event, and how often. */
    private static final long RETRY_MILLIS = 250;

    private static final int RETRIES = 20;

    private final BundleContext context;
    private final int level;
    private final WatchService watcher;
    private final Map<WatchKey, UserPlugins> folders = new ConcurrentHashMap<>();
    private final Thread thread;

    PluginWatch(BundleContext context, int level) throws IOException {
        this.context = context;
        this.level = level;
        watcher = FileSystems.getDefault().newWatchService();
        thread = new Thread(this::run, "berth-plugin-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Follows a folder, which is made if it is not there. Changes from now on are seen; what is there already is taken up at once. */
    void follow(UserPlugins plugins) throws IOException {
        Path folder = Files.createDirectories(plugins.folder());
        WatchKey key = folder.register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
        folders.put(key, plugins);
        plugins.synchronise(context, level);
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = watcher.take();
                UserPlugins plugins = folders.get(key);
                for (int tries = 0; tries < RETRIES; tries++) {
                    TimeUnit.MILLISECONDS.sleep(tries == 0 ? SETTLE_MILLIS : RETRY_MILLIS);
                    key.pollEvents();
                    key.reset();
                    if (plugins == null || !synchronise(plugins)) {
                        break;
                    }
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("Folders of plugins are no longer followed");
        }
    }

    /** Returns whether it is worth trying again soon. */
    private boolean synchronise(UserPlugins plugins) {
        try {
            plugins.synchronise(context, level);
            return plugins.torn();
        } catch (IOException | IllegalStateException e) {
            LOG.warn("The folder {} cannot be followed", plugins.folder(), e);
            return false;
        }
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.debug("Closing the watch", e);
        }
        thread.interrupt();
    }
}
