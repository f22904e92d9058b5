/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.task.Progress;
import dev.berth.images.internal.pipe.Fan;
import dev.berth.images.internal.unpack.LayerUnpacker;
import dev.berth.images.internal.unpack.UnpackLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A layer that is being written: digested, compressed into its blob and unpacked into its folder at once, each on a
 * thread of its own.
 */
final class LayerSink extends LayerOutput {

    /** Faster than any disk, and within a tenth of the size that the default level reaches on system files. */
    private static final int LEVEL = 1;

    private final BlobStore blobs;
    private final String createdBy;
    private final Progress progress;
    private final Consumer<LayerInfo> added;
    private final BlobOutput tar = new BlobOutput();
    private final BlobOutput blob = new BlobOutput();
    private final Path part;
    private final TreeStore.@Nullable Pending tree;
    private final Fan fan;
    private final byte[] single = new byte[1];
    private boolean done;

    LayerSink(
            BlobStore blobs,
            TreeStore trees,
            Optional<IdMapping> ids,
            UnpackLimits limits,
            String createdBy,
            Progress progress,
            Consumer<LayerInfo> added)
            throws IOException {
        this.blobs = blobs;
        this.createdBy = createdBy;
        this.progress = progress;
        this.added = added;
        part = blobs.newPart();
        TreeStore.Pending pending = ids.isPresent() ? trees.begin(ids.get(), limits) : null;
        tree = pending;
        List<Fan.Consumer> consumers = new ArrayList<>();
        consumers.add(source -> tar.digest(source));
        consumers.add(source -> blob.compress(source, part, LEVEL));
        consumers.add(pending != null ? pending::consume : source -> LayerUnpacker.check(source, limits));
        fan = new Fan("layer", consumers);
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        fan.write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        fan.write(bytes, offset, length);
    }

    @Override
    public LayerInfo commit() throws ImageException, InterruptedException {
        if (done) {
            throw new IllegalStateException("the layer has ended");
        }
        try {
            Throwable failure = fan.finish();
            if (failure != null) {
                throw Failures.of("cannot keep the layer", failure);
            }
            Digest digest = blob.digest();
            Digest diffId = tar.digest();
            blobs.keep(part, digest);
            if (tree != null) {
                tree.keep(diffId);
                tree.notes().forEach(progress::log);
            }
            done = true;
            LayerInfo layer = new LayerInfo(digest, diffId, blob.size(), MediaTypes.LAYER_ZSTD, createdBy);
            added.accept(layer);
            return layer;
        } catch (IOException e) {
            throw Failures.of("cannot keep the layer", e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        fan.close();
        if (done) {
            return;
        }
        done = true;
        boolean interrupted = Thread.interrupted();
        try {
            Files.deleteIfExists(part);
            if (tree != null) {
                tree.discard();
            }
        } catch (IOException e) {
            // The parts stay until the next clean-up; nobody sees them.
            progress.log("Left a broken layer for the next clean-up: " + e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Why the layer cannot be kept, if it cannot: what a failed write hides. */
    @Nullable
    Throwable failure() {
        return fan.failure();
    }
}
