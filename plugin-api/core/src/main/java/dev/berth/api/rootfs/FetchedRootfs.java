/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ProvisioningStep;
import java.util.List;
import java.util.Objects;

/**
 * What a source left in the store.
 *
 * @param setup steps that must run in a container of the tree, in order, before it is fit for use: configuring
 *     packages that were only unpacked. Empty when the tree is complete
 */
public record FetchedRootfs(ImageConfig config, List<ProvisioningStep> setup) {

    public FetchedRootfs {
        Objects.requireNonNull(config, "config");
        setup = List.copyOf(setup);
    }
}
