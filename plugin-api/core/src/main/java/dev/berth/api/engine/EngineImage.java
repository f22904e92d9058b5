/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import dev.berth.api.image.Digest;
import java.util.Objects;

/**
 * An image that an engine can make containers from.
 *
 * @param engine id of the engine
 * @param reference what the engine knows it by; a name or id of its own
 * @param digest of the manifest in Berth's image store
 */
public record EngineImage(String engine, String reference, Digest digest) {

    public EngineImage {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(digest, "digest");
    }
}
