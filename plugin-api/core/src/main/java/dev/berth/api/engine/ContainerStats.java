/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a container uses. Counters grow from the container's start; -1 means that the engine cannot tell.
 *
 * @param cpuTime processor time used by all its processes
 * @param memoryBytes now, without what can be dropped at once
 * @param memoryLimitBytes 0 when there is no limit
 */
public record ContainerStats(
        Instant takenAt,
        Duration cpuTime,
        long memoryBytes,
        long memoryLimitBytes,
        long processes,
        long receivedBytes,
        long sentBytes,
        long readBytes,
        long writtenBytes) {

    public ContainerStats {
        Objects.requireNonNull(takenAt, "takenAt");
        Objects.requireNonNull(cpuTime, "cpuTime");
    }
}
