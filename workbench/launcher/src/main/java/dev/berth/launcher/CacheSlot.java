/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for the framework's bundle cache that no other live process uses.
 *
 * <p>Felix keeps one process per cache, and several Berth processes may share a home. So the caches of one build are numbered; a process
 * takes the first whose lock file it can lock, and the operating system gives the lock back however the process ends.
 */
final class CacheSlot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheSlot.class);

    /** More processes than this at once are taken for a mistake. */
    private static final int SLOTS = 256;

    private static final String LOCK = ".lock";
    private static final String READY = "berth.ready";
    private static final String RUNNING = "berth.running";
    /** How Felix ends the names of the folders into which it copies native libraries out of a bundle's jar. */
    private static final String NATIVE = "-lib";

    private static final int NATIVE_DEPTH = 3;

    private final Path folder;
    private final FileChannel channel;
    private boolean complete;

    private CacheSlot(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a free slot.
     *
     * @param caches the folder of all caches, of all builds
     * @param key identifies the build
     */
    static CacheSlot take(Path caches, String key) throws IOException {
        Path build = Files.createDirectories(caches.resolve(key));
        for (int n = 0; n < SLOTS; n++) {
            FileChannel channel = lock(build.resolve(n + LOCK));
            if (channel != null) {
                CacheSlot slot = new CacheSlot(build.resolve(Integer.toString(n)), channel);
                slot.prepare();
                return slot;
            }
        }
        throw new IOException("all " + SLOTS + " bundle caches in " + build + " are in use");
    }

    private void prepare() throws IOException {
        complete = Files.exists(folder.resolve(READY));
        if (!complete) {
            // Left by a process that was killed while it installed the bundles.
            delete(folder);
        } else if (Files.exists(folder.resolve(RUNNING))) {
            deleteNativeLibraries();
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(RUNNING), "");
    }

    /**
     * Left by a process that was killed, perhaps while one was copied: Felix copies in place and takes what it finds, and half a
     * library ends the JVM of each later process.
     */
    private void deleteNativeLibraries() throws IOException {
        List<Path> libraries;
        try (Stream<Path> paths = Files.walk(folder, NATIVE_DEPTH)) {
            libraries = paths.filter(path -> path.toString().endsWith(NATIVE) && Files.isDirectory(path))
                    .toList();
        }
        for (Path library : libraries) {
            delete(library);
        }
    }

    Path folder() {
        return folder;
    }

    /** Whether an earlier process has installed all bundles into this cache. */
    boolean complete() {
        return complete;
    }

    /** Says that all bundles are installed. */
    void markComplete() throws IOException {
        Files.writeString(folder.resolve(READY), "");
        complete = true;
    }

    /** Empties the slot, which stays locked. */
    void clear() throws IOException {
        Files.deleteIfExists(folder.resolve(READY));
        prepare();
    }

    /** Deletes the caches of other builds, except those in use. Failing to is no failure. */
    static void deleteOthers(Path caches, String key) {
        try (Stream<Path> builds = Files.list(caches)) {
            for (Path build : builds.filter(each -> !each.endsWith(key)).toList()) {
                deleteUnused(build);
            }
        } catch (IOException e) {
            LOG.info("An old bundle cache in {} stays for now: {}", caches, e.toString());
        }
    }

    private static void deleteUnused(Path build) throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.list(build)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK)).toList();
        }
        for (Path file : locks) {
            FileChannel channel = lock(file);
            if (channel == null) {
                return;
            }
            try (channel) {
                String name = String.valueOf(file.getFileName());
                delete(build.resolve(name.substring(0, name.length() - LOCK.length())));
            }
            // The lock file itself stays until the folder goes: deleting it while others may open it would give two of
            // them one slot.
        }
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: as taken as by another.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** Deletes a folder with all that is in it, if it exists. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Gives the slot back. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(folder.resolve(RUNNING));
        } catch (IOException e) {
            LOG.info("Closing the lock of {}: {}", folder, e.toString());
        }
    }
}
