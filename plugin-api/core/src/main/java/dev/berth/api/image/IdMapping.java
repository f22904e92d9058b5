/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import java.util.List;

/**
 * How ids inside a container map to ids of the host. An empty list means: as they are.
 *
 * @param uids user id ranges
 * @param gids group id ranges
 */
public record IdMapping(List<IdRange> uids, List<IdRange> gids) {

    private static final IdMapping IDENTITY = new IdMapping(List.of(), List.of());

    public IdMapping {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /** Ids are the same inside and outside: what root uses. */
    public static IdMapping identity() {
        return IDENTITY;
    }

    /** Whether ids are the same inside and outside. */
    public boolean isIdentity() {
        return uids.isEmpty() && gids.isEmpty();
    }
}
