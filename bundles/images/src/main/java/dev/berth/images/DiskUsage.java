/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import java.util.List;

/**
 * What the image store occupies, in bytes.
 *
 * @param blobBytes in the OCI layout
 * @param unpackedBytes in unpacked layers
 * @param cacheBytes in downloads that can be deleted at any time
 */
public record DiskUsage(long blobBytes, long unpackedBytes, long cacheBytes, List<ImageUsage> images) {

    /**
     * One image's part.
     *
     * @param exclusiveBytes that no other image uses
     * @param sharedBytes that others use too
     */
    public record ImageUsage(StoredImage image, long exclusiveBytes, long sharedBytes) {}

    public DiskUsage {
        images = List.copyOf(images);
    }
}
