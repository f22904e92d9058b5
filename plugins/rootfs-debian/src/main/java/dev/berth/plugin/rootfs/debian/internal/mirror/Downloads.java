/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Fetches packages a few at a time, in the order given, and hands out each as soon as it is there. Closing it stops the
 * transfers; what has arrived stays for the next time.
 */
public final class Downloads implements AutoCloseable {

    /** A mirror's round trip is hidden by six; more only take its bandwidth from one another. */
    private static final int PARALLEL = 6;

    private final ExecutorService pool = Executors.newFixedThreadPool(PARALLEL, task -> {
        Thread thread = new Thread(task, "berth-rootfs-debian-download");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<DebPackage, Future<Path>> files = new LinkedHashMap<>();

    /**
     * Begins.
     *
     * @param folder where the files go, by their digests
     * @param progress takes bytes as they arrive; called on several threads
     */
    public Downloads(Http http, List<DebPackage> packages, Path folder, LongConsumer progress) {
        for (DebPackage wanted : packages) {
            Path target = file(folder, wanted);
            files.put(
                    wanted,
                    pool.submit(() -> new Transfer(
                                    http,
                                    "The package " + wanted.name(),
                                    wanted.address(),
                                    target,
                                    wanted.sizeBytes(),
                                    wanted.sha256(),
                                    progress)
                            .run()));
        }
    }

    /** The file of a package, complete when the future is. */
    public Future<Path> file(DebPackage wanted) {
        Future<Path> file = files.get(wanted);
        if (file == null) {
            throw new IllegalArgumentException("not asked for: " + wanted);
        }
        return file;
    }

    /** Where a package's archive is kept. */
    public static Path file(Path folder, DebPackage wanted) {
        return folder.resolve(wanted.sha256() + ".deb");
    }

    /** How many bytes of a package are still to come. */
    public static long missingBytes(Path folder, DebPackage wanted) {
        Path file = file(folder, wanted);
        if (Files.exists(file)) {
            return 0;
        }
        try {
            long part = Files.size(file.resolveSibling(file.getFileName() + ".part"));
            return Math.max(0, wanted.sizeBytes() - part);
        } catch (java.io.IOException e) {
            return wanted.sizeBytes();
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
