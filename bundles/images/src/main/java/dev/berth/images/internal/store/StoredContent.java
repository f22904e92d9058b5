/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.ImageStore;
import dev.berth.images.internal.unpack.LayerUnpacker;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An image, whole or only built so far, as engines see it. */
final class StoredContent implements ImageStore.OpenImage {

    private static final int THREADS = 3;

    private final BerthHome home;
    private final BlobStore blobs;
    private final TreeStore trees;
    private final UnpackLimits limits;
    private final ImageDocuments image;
    private final String name;
    private final Registration hold;

    StoredContent(
            BerthHome home,
            BlobStore blobs,
            TreeStore trees,
            UnpackLimits limits,
            ImageDocuments image,
            String name,
            Registration hold) {
        this.home = home;
        this.blobs = blobs;
        this.trees = trees;
        this.limits = limits;
        this.image = image;
        this.name = name;
        this.hold = hold;
    }

    @Override
    public Digest digest() {
        return image.digest();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ImageConfig config() {
        return image.config();
    }

    @Override
    public List<LayerInfo> layers() {
        return image.layers();
    }

    @Override
    public List<Path> unpack(IdMapping ids, TaskContext context) throws ImageException, InterruptedException {
        Map<Digest, LayerInfo> missing = new LinkedHashMap<>();
        for (LayerInfo layer : layers()) {
            if (!trees.has(layer.diffId(), ids)) {
                missing.put(layer.diffId(), layer);
            }
        }
        if (!missing.isEmpty()) {
            if (!LayerUnpacker.supported()) {
                throw new ImageException("image.unpack", "Layers can be unpacked on 64-bit Linux only.", null);
            }
            long total =
                    missing.values().stream().mapToLong(LayerInfo::sizeBytes).sum();
            context.progress().start(total, Unit.BYTES, "Unpacking " + (name.isEmpty() ? "image" : name));
            try (Registration writing = SharedLock.share(writers(home))) {
                unpackAll(List.copyOf(missing.values()), ids, context);
            } catch (IOException e) {
                throw Failures.of("cannot unpack the image", e);
            }
        }
        return layers().stream().map(layer -> trees.path(layer.diffId(), ids)).toList();
    }

    static Path writers(BerthHome home) {
        return home.locks().resolve("store-writers.lock");
    }

    private void unpackAll(List<LayerInfo> missing, IdMapping ids, TaskContext context)
            throws ImageException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, missing.size()), work -> {
            Thread thread = new Thread(work, "berth-unpack");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (LayerInfo layer : missing) {
                futures.add(threads.submit(() -> {
                    unpackOne(layer, ids, context);
                    return layer;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("cancelled");
            }
            throw Failures.of("cannot unpack the image", Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            threads.shutdownNow();
            boolean interrupted = false;
            while (!threads.isTerminated()) {
                try {
                    threads.awaitTermination(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void unpackOne(LayerInfo layer, IdMapping ids, TaskContext context)
            throws IOException, ImageException, InterruptedException {
        String file = "unpack-" + trees.path(layer.diffId(), ids).getFileName() + ".lock";
        Runnable waiting = () -> context.progress().log("Another Berth unpacks the same layer; waiting for it.");
        try (HomeLock lock = HomeLock.acquire(home.locks().resolve(file), waiting, context)) {
            if (trees.has(layer.diffId(), ids)) {
                context.progress().add(layer.sizeBytes());
                return;
            }
            new BlobIntake(blobs, trees, limits)
                    .unpack(layer.digest(), layer.mediaType(), layer.diffId(), ids, context);
        }
    }

    @Override
    public void writeArchive(OutputStream out, TaskContext context) throws ImageException, InterruptedException {
        new ArchiveWriter(image, name, blobs::path).write(out, context);
    }

    @Override
    public void close() {
        hold.close();
    }
}
