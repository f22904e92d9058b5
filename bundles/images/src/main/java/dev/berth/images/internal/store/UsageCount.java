/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.task.TaskContext;
import dev.berth.images.DiskUsage;
import dev.berth.images.StoredImage;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures what the store occupies. */
final class UsageCount {

    private final BerthHome home;
    private final BlobStore blobs;
    private final TreeStore trees;

    UsageCount(BerthHome home, BlobStore blobs, TreeStore trees) {
        this.home = home;
        this.blobs = blobs;
        this.trees = trees;
    }

    DiskUsage count(List<StoredImage> images, TaskContext context)
            throws IOException, ImageException, InterruptedException {
        long blobBytes = 0;
        for (Digest blob : blobs.all()) {
            blobBytes += blobs.size(blob);
        }
        Map<Digest, Long> unpacked = new HashMap<>();
        long unpackedBytes = 0;
        for (Path tree : trees.all()) {
            context.checkCancelled();
            long bytes = bytes(tree);
            unpackedBytes += bytes;
            TreeStore.diffId(tree).ifPresent(diffId -> unpacked.merge(diffId, bytes, Long::sum));
        }
        Map<Digest, Integer> users = new HashMap<>();
        Map<StoredImage, List<LayerInfo>> layers = new HashMap<>();
        for (StoredImage image : images) {
            List<LayerInfo> own = ImageDocuments.read(blobs, image.digest()).layers();
            layers.put(image, own);
            Set<Digest> once = new HashSet<>();
            own.forEach(layer -> once.add(layer.digest()));
            once.forEach(digest -> users.merge(digest, 1, Integer::sum));
        }
        List<DiskUsage.ImageUsage> usages = new ArrayList<>();
        for (StoredImage image : images) {
            long exclusive = 0;
            long shared = 0;
            for (LayerInfo layer : layers.getOrDefault(image, List.of())) {
                long bytes = layer.sizeBytes() + unpacked.getOrDefault(layer.diffId(), 0L);
                if (users.getOrDefault(layer.digest(), 0) > 1) {
                    shared += bytes;
                } else {
                    exclusive += bytes;
                }
            }
            usages.add(new DiskUsage.ImageUsage(image, exclusive, shared));
        }
        return new DiskUsage(blobBytes, unpackedBytes, bytes(home.cache().resolve("downloads")), usages);
    }

    /** The sizes of all files below a folder. What vanishes meanwhile, or may not be read, counts nothing. */
    static long bytes(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long[] total = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                total[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error) {
                return FileVisitResult.CONTINUE;
            }
        });
        return total[0];
    }
}
