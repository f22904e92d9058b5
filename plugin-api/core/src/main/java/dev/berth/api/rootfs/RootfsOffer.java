/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

import java.util.Objects;

/** A root file system that a source can offer by name, for a catalogue. Sizes in bytes, -1 when unknown. */
public record RootfsOffer(RootfsReference reference, String title, String description, long downloadBytes) {

    public RootfsOffer {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
    }
}
