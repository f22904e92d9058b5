/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Images, kept as an OCI image layout under {@code store/} of the Berth home, with their layers unpacked under {@code
 * rootfs/} when an engine needs them. A service; safe for many threads and processes.
 */
@ProviderType
@OnWorker
public interface ImageStore {

    /** All images, newest first. */
    List<StoredImage> images() throws ImageException, InterruptedException;

    /** An image by its name, digest, or at least eight digits of its digest. */
    Optional<StoredImage> find(String nameOrDigest) throws ImageException, InterruptedException;

    /**
     * Opens an image for an engine. It is kept from removal until the content is closed.
     *
     * @throws ImageException if there is no such image or it is damaged
     */
    OpenImage open(Digest digest) throws ImageException, InterruptedException;

    /**
     * Makes an image of another one's layers with one more on top.
     *
     * @param name which it takes from whoever had it
     * @param title what made the layer, for a person
     * @throws BerthException if there is no such image, or writing the layer fails; nothing is kept then
     */
    StoredImage derive(Digest base, String name, String title, LayerContent layer, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Removes a name, and the image with its last name. Its blobs and folders go when nothing else uses them.
     *
     * @throws ImageException if a session was made from it; {@code inUse} tells
     */
    void remove(String nameOrDigest, InUse inUse, TaskContext context) throws ImageException, InterruptedException;

    /**
     * Deletes what nothing refers to: blobs, unpacked layers, build cache, broken downloads.
     *
     * @param dryRun only tells what would go
     */
    PruneReport prune(boolean dryRun, InUse inUse, TaskContext context) throws ImageException, InterruptedException;

    /** What the store occupies. */
    DiskUsage usage(TaskContext context) throws ImageException, InterruptedException;

    /**
     * Takes away what dead processes left: temporary files, half-unpacked layers.
     *
     * @return what was mended, one sentence each
     */
    List<String> cleanUp(TaskContext context) throws ImageException, InterruptedException;

    /** Writes a layer. */
    @FunctionalInterface
    interface LayerContent {

        /** Writes it as an uncompressed tar archive with white-outs (OCI image specification 1.1, "Layers"). */
        void writeTo(OutputStream out) throws BerthException, IOException, InterruptedException;
    }

    /** Tells which images sessions were made from. */
    @FunctionalInterface
    interface InUse {

        /** Whether a session was made from the image. */
        boolean test(Digest image) throws InterruptedException;
    }

    /** An image that is kept from removal while it is open. */
    @ProviderType
    interface OpenImage extends ImageContent, AutoCloseable {

        /** Lets go. */
        @Override
        void close();
    }
}
