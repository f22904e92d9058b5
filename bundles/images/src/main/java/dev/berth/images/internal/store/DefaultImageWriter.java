/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the layers of one image. */
final class DefaultImageWriter implements ImageWriter {

    private final BerthHome home;
    private final BlobStore blobs;
    private final TreeStore trees;
    private final UnpackLimits limits;
    private final Optional<IdMapping> ids = HostIds.mapping();
    private final List<LayerInfo> layers = new ArrayList<>();

    DefaultImageWriter(BerthHome home, BlobStore blobs, TreeStore trees, UnpackLimits limits) {
        this.home = home;
        this.blobs = blobs;
        this.trees = trees;
        this.limits = limits;
    }

    /** What was added so far, lowest first. */
    synchronized List<LayerInfo> layers() {
        return List.copyOf(layers);
    }

    synchronized LayerInfo add(LayerInfo layer) {
        layers.add(layer);
        return layer;
    }

    @Override
    public LayerOutput newLayer(String createdBy, TaskContext context) throws ImageException {
        try {
            return new LayerSink(blobs, trees, ids, limits, createdBy, context.progress(), this::add);
        } catch (IOException e) {
            throw Failures.of("cannot begin a layer", e);
        }
    }

    @Override
    public LayerInfo addLayer(InputStream blob, String mediaType, Digest expected, long sizeBytes, TaskContext context)
            throws ImageException, InterruptedException {
        String type = MediaTypes.layer(mediaType);
        BlobIntake intake = new BlobIntake(blobs, trees, limits);
        Digest diffId = intake.take(blob, type, expected, sizeBytes, ids, context);
        return add(layer(expected, diffId, type));
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return blobs.has(digest);
    }

    @Override
    public LayerInfo reuseLayer(Digest digest, Digest diffId, String mediaType, TaskContext context)
            throws ImageException {
        if (!blobs.has(digest)) {
            throw Failures.digest("The image store does not have the layer " + digest.brief() + ".");
        }
        return add(layer(digest, diffId, MediaTypes.layer(mediaType)));
    }

    private LayerInfo layer(Digest digest, Digest diffId, String type) throws ImageException {
        try {
            return new LayerInfo(digest, diffId, blobs.size(digest), type, "");
        } catch (IOException e) {
            throw Failures.of("cannot read the layer " + digest.brief(), e);
        }
    }

    @Override
    public Path downloads() {
        Path folder = home.cache().resolve("downloads");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            // Whoever writes there will say so.
        }
        return folder;
    }
}
