/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.audio;

import java.time.Duration;
import java.util.Objects;

/**
 * How sound is joined.
 *
 * @param outputDevice a device's name; empty follows the system's default
 * @param inputDevice likewise for the microphone
 * @param microphone whether the microphone is on; off unless the person switched it on
 * @param targetLatency from guest to device; 20 to 60 ms is sensible; more is held while a busy machine needs it
 */
public record AudioSettings(String outputDevice, String inputDevice, boolean microphone, Duration targetLatency) {

    public AudioSettings {
        Objects.requireNonNull(outputDevice, "outputDevice");
        Objects.requireNonNull(inputDevice, "inputDevice");
        Objects.requireNonNull(targetLatency, "targetLatency");
    }

    /** The system's devices, microphone off, 25 ms. */
    public static AudioSettings defaults() {
        return new AudioSettings("", "", false, Duration.ofMillis(25));
    }
}
