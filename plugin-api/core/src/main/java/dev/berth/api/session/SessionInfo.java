/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.session;

import java.time.Instant;
import java.util.Objects;

/**
 * What is known of a session without asking it.
 *
 * @param id unique and never used again
 * @param name what the person calls it; unique in a Berth home
 * @param recipe id of the recipe it came from; empty when it came from an image alone
 * @param engine id of the engine
 * @param image digest of the image's manifest, in text
 */
public record SessionInfo(
        String id, String name, SessionState state, String recipe, String engine, String image, Instant created) {

    public SessionInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(created, "created");
    }
}
