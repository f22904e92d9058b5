/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.Digest;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageStore;
import dev.berth.images.PruneReport;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Takes away what nothing refers to. Needs the writers' lock alone. */
final class Collector {

    private final BerthHome home;
    private final BlobStore blobs;
    private final TreeStore trees;
    private final LayoutIndex index;
    private final BuildRecords records;
    private final ImageStore.InUse inUse;

    private final List<String> items = new ArrayList<>();
    private long freed;

    Collector(
            BerthHome home,
            BlobStore blobs,
            TreeStore trees,
            LayoutIndex index,
            BuildRecords records,
            ImageStore.InUse inUse) {
        this.home = home;
        this.blobs = blobs;
        this.trees = trees;
        this.index = index;
        this.records = records;
        this.inUse = inUse;
    }

    /** What images of the index refer to. */
    private record Kept(Set<Digest> blobs, Set<Digest> diffIds) {

        boolean has(LayerInfo layer) {
            return blobs.contains(layer.digest());
        }
    }

    private Kept kept(List<LayoutIndex.Entry> entries) throws ImageException {
        Kept kept = new Kept(new HashSet<>(), new HashSet<>());
        for (LayoutIndex.Entry entry : entries) {
            kept.blobs.add(entry.digest());
            ImageDocuments image = ImageDocuments.read(blobs, entry.digest());
            kept.blobs.add(image.configDigest());
            image.layers().forEach(layer -> {
                kept.blobs.add(layer.digest());
                kept.diffIds.add(layer.diffId());
            });
        }
        return kept;
    }

    /** After an image went: its layers, unless others have them. Left for {@link #prune} when somebody is writing. */
    void collectLayers(List<LayerInfo> layers, TaskContext context)
            throws IOException, ImageException, InterruptedException {
        Optional<Registration> alone = SharedLock.tryAlone(StoredContent.writers(home));
        if (alone.isEmpty()) {
            context.progress().log("Another Berth is writing to the image store; the layers go with the next prune.");
            return;
        }
        try (Registration held = alone.get()) {
            Kept kept = kept(index.read());
            List<LayerInfo> gone =
                    layers.stream().filter(layer -> !kept.has(layer)).toList();
            Set<Digest> goneBlobs = new HashSet<>();
            gone.forEach(layer -> goneBlobs.add(layer.digest()));
            for (Path record : records.files()) {
                if (BuildRecords.layers(record).stream().anyMatch(layer -> goneBlobs.contains(layer.digest()))) {
                    Files.deleteIfExists(record);
                }
            }
            for (LayerInfo layer : gone) {
                blobs.delete(layer.digest());
            }
            Set<Digest> goneTrees = new HashSet<>();
            gone.stream()
                    .map(LayerInfo::diffId)
                    .filter(id -> !kept.diffIds.contains(id))
                    .forEach(goneTrees::add);
            for (Path tree : trees.all()) {
                if (TreeStore.diffId(tree).filter(goneTrees::contains).isPresent()) {
                    trees.deleteTree(tree);
                }
            }
            deleteDocuments(kept);
        }
    }

    /** Manifests and configurations without an image: small, so all are looked at. */
    private void deleteDocuments(Kept kept) throws IOException {
        for (Digest blob : blobs.all()) {
            if (!kept.blobs.contains(blob) && blobs.size(blob) < 64 << 10 && isDocument(blob)) {
                blobs.delete(blob);
            }
        }
    }

    private boolean isDocument(Digest blob) throws IOException {
        byte[] bytes = Files.readAllBytes(blobs.path(blob));
        return bytes.length > 0 && bytes[0] == '{';
    }

    PruneReport prune(boolean dryRun, TaskContext context) throws ImageException, InterruptedException {
        try {
            Optional<Registration> alone = SharedLock.tryAlone(StoredContent.writers(home));
            if (alone.isEmpty()) {
                throw new ImageException(
                        "image.busy",
                        ErrorKind.FAILED,
                        "The image store is being written to.",
                        "",
                        Remedy.advice("Prune when no image is being made."),
                        null);
            }
            try (Registration held = alone.get()) {
                sweep(dryRun, context);
            }
        } catch (IOException e) {
            throw Failures.of("cannot be pruned", e);
        }
        return new PruneReport(freed, items);
    }

    private void sweep(boolean dryRun, TaskContext context) throws IOException, ImageException, InterruptedException {
        List<LayoutIndex.Entry> entries = index.read();
        List<LayoutIndex.Entry> staying = new ArrayList<>();
        for (LayoutIndex.Entry entry : entries) {
            if (!entry.annotation(LayoutIndex.NAME).isEmpty() || inUse.test(entry.digest()) || isOpen(entry.digest())) {
                staying.add(entry);
            } else {
                items.add("image " + entry.digest().brief() + ", which has no name");
            }
        }
        if (!dryRun && staying.size() < entries.size()) {
            Set<Digest> stay = new HashSet<>();
            staying.forEach(entry -> stay.add(entry.digest()));
            index.change(
                    now -> {
                        now.removeIf(entry -> !stay.contains(entry.digest())
                                && entry.annotation(LayoutIndex.NAME).isEmpty());
                        return now;
                    },
                    context);
        }
        Kept kept = kept(staying);
        for (Path record : records.files()) {
            if (!BuildRecords.layers(record).stream().allMatch(kept::has)
                    || BuildRecords.layers(record).isEmpty()) {
                delete(record, dryRun);
            }
        }
        for (Digest blob : blobs.all()) {
            context.checkCancelled();
            if (!kept.blobs.contains(blob)) {
                items.add("blob " + blob.brief() + ", " + blobs.size(blob) + " bytes");
                delete(blobs.path(blob), dryRun);
            }
        }
        for (Path tree : trees.all()) {
            context.checkCancelled();
            if (TreeStore.diffId(tree).filter(kept.diffIds::contains).isEmpty()) {
                freed += UsageCount.bytes(tree);
                items.add("unpacked layer " + tree.getFileName());
                if (!dryRun) {
                    trees.deleteTree(tree);
                }
            }
        }
        parts(dryRun);
        Path downloads = home.cache().resolve("downloads");
        if (Files.isDirectory(downloads)) {
            long bytes = UsageCount.bytes(downloads);
            if (bytes > 0) {
                freed += bytes;
                items.add("downloads, " + bytes + " bytes");
            }
            if (!dryRun) {
                AtomicFiles.deleteTree(downloads);
            }
        }
    }

    private boolean isOpen(Digest image) throws IOException {
        Optional<Registration> alone = SharedLock.tryAlone(home.locks().resolve("image-" + image.hex() + ".lock"));
        alone.ifPresent(Registration::close);
        return alone.isEmpty();
    }

    private void delete(Path file, boolean dryRun) throws IOException {
        freed += Files.size(file);
        if (!dryRun) {
            Files.deleteIfExists(file);
        }
    }

    /** What died on its way. */
    private void parts(boolean dryRun) throws IOException, InterruptedException {
        List<Path> broken = new ArrayList<>();
        if (Files.isDirectory(blobs.parts())) {
            try (Stream<Path> files = Files.list(blobs.parts())) {
                files.forEach(broken::add);
            }
        }
        for (Path part : broken) {
            items.add("broken blob " + part.getFileName());
            delete(part, dryRun);
        }
        for (Path part : trees.allParts()) {
            freed += UsageCount.bytes(part);
            items.add("half-unpacked layer " + part.getFileName());
            if (!dryRun) {
                trees.deleteTree(part);
            }
        }
        for (Path tree : trees.all()) {
            // A tree that was being deleted has been renamed to a hidden name.
            if (tree.getFileName().toString().endsWith(".part")) {
                items.add("half-deleted layer " + tree.getFileName());
                if (!dryRun) {
                    trees.deleteTree(tree);
                }
            }
        }
    }

    List<String> cleanUp(TaskContext context) throws ImageException, InterruptedException {
        try {
            Optional<Registration> alone = SharedLock.tryAlone(StoredContent.writers(home));
            if (alone.isEmpty()) {
                return List.of();
            }
            try (Registration held = alone.get()) {
                context.checkCancelled();
                parts(false);
            }
        } catch (IOException e) {
            throw Failures.of("cannot be cleaned up", e);
        }
        return items.stream().map(item -> "Took away a " + item + ".").toList();
    }
}
