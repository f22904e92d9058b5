/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.audio;

import java.time.Duration;
import java.util.Objects;

/**
 * Counters of a sound connection, from its start.
 *
 * @param device the device that plays; empty when sound is dropped for want of one
 * @param underruns how often the device ran dry
 * @param droppedFrames sample frames thrown away to catch up
 * @param driftPpm how much faster the guest's clock runs than the device's, in parts per million
 * @param latency from guest to device, now
 */
public record AudioStatistics(String device, long underruns, long droppedFrames, double driftPpm, Duration latency) {

    public AudioStatistics {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(latency, "latency");
    }
}
