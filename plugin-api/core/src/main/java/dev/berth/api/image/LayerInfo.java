/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import java.util.Objects;

/**
 * A layer as the store keeps it.
 *
 * @param digest of the blob as stored, possibly compressed
 * @param diffId of the uncompressed tar archive
 * @param sizeBytes of the blob
 * @param mediaType one of the OCI layer media types
 * @param createdBy what made the layer, for a person; may be empty
 */
public record LayerInfo(Digest digest, Digest diffId, long sizeBytes, String mediaType, String createdBy) {

    public LayerInfo {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(diffId, "diffId");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(createdBy, "createdBy");
    }
}
