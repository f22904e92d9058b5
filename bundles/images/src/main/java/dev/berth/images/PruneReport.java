/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import java.util.List;

/**
 * What {@link ImageStore#prune} deleted, or would.
 *
 * @param items one line each, for a person
 */
public record PruneReport(long freedBytes, List<String> items) {

    public PruneReport {
        items = List.copyOf(items);
    }
}
