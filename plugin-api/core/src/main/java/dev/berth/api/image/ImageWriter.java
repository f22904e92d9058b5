/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import dev.berth.api.error.ImageException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.io.InputStream;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** The image store as a root file system source sees it while it makes one image. */
@ProviderType
@OnWorker
public interface ImageWriter {

    /**
     * Begins the next layer, written as a tar archive.
     *
     * @param createdBy what makes the layer, for a person: "debian bookworm, 412 packages"
     */
    LayerOutput newLayer(String createdBy, TaskContext context) throws ImageException;

    /**
     * Takes a layer as it came from elsewhere, checks its digest while reading, and adds it above those added before.
     *
     * @param mediaType of the blob: OCI or Docker, uncompressed, gzip or zstd
     * @param expected the digest of the blob; a mismatch is an error and nothing is kept
     * @param sizeBytes the size of the blob; reading stops with an error past it
     */
    LayerInfo addLayer(InputStream blob, String mediaType, Digest expected, long sizeBytes, TaskContext context)
            throws ImageException, InterruptedException;

    /** Whether the store already has the blob of a layer; then {@link #reuseLayer} adds it without a download. */
    boolean hasBlob(Digest digest);

    /** Adds a layer that the store has. */
    LayerInfo reuseLayer(Digest digest, Digest diffId, String mediaType, TaskContext context)
            throws ImageException, InterruptedException;

    /**
     * A folder for downloads that a later call may go on with. It outlives the call, is shared with other Berth
     * processes of the same home, and may be emptied by anyone at any time: verify what you find, write to a temporary
     * name, rename.
     */
    Path downloads();
}
