/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests of each type were read. */
public final class RequestCounters {

    private final LongAdder[] byType = new LongAdder[256];

    RequestCounters() {
        for (int i = 0; i < byType.length; i++) {
            byType[i] = new LongAdder();
        }
    }

    void count(int type) {
        byType[type].increment();
    }

    /** Counts of the message types that were seen, by type. */
    public Map<Integer, Long> byType() {
        Map<Integer, Long> seen = new TreeMap<>();
        for (int i = 0; i < byType.length; i++) {
            long count = byType[i].sum();
            if (count > 0) {
                seen.put(i, count);
            }
        }
        return seen;
    }

    /** All of them. */
    public long total() {
        return byType().values().stream().mapToLong(Long::longValue).sum();
    }
}
