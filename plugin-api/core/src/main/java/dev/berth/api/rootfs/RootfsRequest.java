/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

import dev.berth.api.image.Platform;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is wanted of a source.
 *
 * @param packages packages to be in the result beyond the base; only for a source that offers
 *     {@link RootfsFeature#PACKAGES}
 * @param recommends whether recommended packages come too
 * @param options settings of the source, such as {@code mirror}; unknown keys are an error
 */
public record RootfsRequest(
        RootfsReference reference,
        Platform platform,
        List<String> packages,
        boolean recommends,
        Map<String, String> options) {

    public RootfsRequest {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(platform, "platform");
        packages = List.copyOf(packages);
        options = Map.copyOf(options);
    }

    /** The bare root file system for this host's processor. */
    public static RootfsRequest of(String reference) {
        return new RootfsRequest(RootfsReference.parse(reference), Platform.host(), List.of(), false, Map.of());
    }
}
