/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

import dev.berth.api.image.Digest;
import java.util.Objects;

/**
 * A request pinned to exact content, before anything large is downloaded.
 *
 * @param key identifies the result: the same key gives the same tree, whoever fetches it and when. The image store
 *     uses it to find an image made before
 * @param downloadBytes how much has to be downloaded, not counting what is there already; -1 when unknown
 * @param installedBytes how large the tree will be; -1 when unknown
 * @param summary one line for a person: "Debian 12 bookworm, 412 packages"
 */
public record RootfsResolution(
        RootfsRequest request, Digest key, long downloadBytes, long installedBytes, String summary) {

    public RootfsResolution {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(summary, "summary");
    }
}
