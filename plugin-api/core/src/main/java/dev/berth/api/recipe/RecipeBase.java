/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.recipe;

import dev.berth.api.rootfs.RootfsReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a recipe starts from.
 *
 * @param references in order of preference; the first that a source of this host can resolve is taken, so that a host
 *     without a package mirror falls back to the distribution's OCI base image
 * @param packages packages to be there before the first step: from the source if it can, else by the guest's package
 *     manager
 * @param options handed to the source
 */
public record RecipeBase(
        List<RootfsReference> references, List<String> packages, boolean recommends, Map<String, String> options) {

    public RecipeBase {
        references = List.copyOf(references);
        packages = List.copyOf(packages);
        options = Map.copyOf(options);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a recipe needs at least one base reference");
        }
        Objects.requireNonNull(options, "options");
    }
}
