/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import dev.berth.api.image.Digest;
import dev.berth.api.image.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An image of the store.
 *
 * @param names it may have several, or none
 * @param digest of its manifest
 * @param sizeBytes of its blobs together
 * @param recipe id of the recipe it was made from; empty when it was not
 */
public record StoredImage(
        List<String> names, Digest digest, Platform platform, long sizeBytes, Instant created, String recipe) {

    public StoredImage {
        names = List.copyOf(names);
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(recipe, "recipe");
    }

    /** The first name, or the first digits of the digest. */
    public String name() {
        return names.isEmpty() ? digest.brief() : names.get(0);
    }
}
