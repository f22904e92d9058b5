/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions;

import dev.berth.api.image.Digest;
import java.time.Instant;
import java.util.Objects;

/**
 * A session's files at a moment.
 *
 * @param tag its name among the session's snapshots
 * @param image the image of the store that holds it
 */
public record Snapshot(String tag, Digest image, Instant created) {

    public Snapshot {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(created, "created");
    }
}
