/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Reads what an engine says of a container's use (Docker Engine API, "Get container stats"). */
final class Stats {

    /** The engines give the host's memory, or an absurd number, where there is no limit. */
    private static final long ABSURD = 1L << 60;

    private Stats() {}

    static ContainerStats of(Json json) {
        long[] network = new long[2];
        json.get("networks").members((name, one) -> {
            network[0] += one.get("rx_bytes").number();
            network[1] += one.get("tx_bytes").number();
        });
        long[] disk = new long[2];
        for (Json line :
                json.get("blkio_stats").get("io_service_bytes_recursive").items()) {
            switch (line.get("op").text().toLowerCase(Locale.ROOT)) {
                case "read" -> disk[0] += line.get("value").number();
                case "write" -> disk[1] += line.get("value").number();
                default -> {
                    // Sums, and kinds of their own.
                }
            }
        }
        Json memory = json.get("memory_stats");
        long limit = memory.get("limit").number();
        return new ContainerStats(
                Instant.now(),
                Duration.ofNanos(Math.max(
                        0,
                        json.get("cpu_stats")
                                .get("cpu_usage")
                                .get("total_usage")
                                .number())),
                Math.max(0, memory.get("usage").number()),
                limit >= ABSURD || limit < 0 ? 0 : limit,
                Math.max(0, json.get("pids_stats").get("current").number()),
                network[0],
                network[1],
                disk[0],
                disk[1]);
    }
}
