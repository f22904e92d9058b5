/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;

/**
 * Keeps what is buffered at its target by reading a little faster or slower: a proportional and integral controller over
 * a low-passed measurement. The integral part is the drift between the two clocks.
 */
final class DriftControl {

    /** The most by which pitch is bent, which nobody hears; crystals differ by half of it at worst. */
    static final double LIMIT = 0.0006;

    private static final double SMOOTHING_SECONDS = 2;
    /** Critically damped, with 20 seconds to settle. */
    private static final double PROPORTIONAL = 0.1;

    private static final double INTEGRAL = 0.0025;

    private double smooth = Double.NaN;
    private double drift;

    /**
     * Takes a measurement.
     *
     * @param seconds since the one before
     * @param buffered frames between the two clocks
     * @param target frames that there should be
     * @return frames to read for each frame to play
     */
    double update(double seconds, double buffered, double target) {
        if (Double.isNaN(smooth)) {
            smooth = buffered;
        }
        smooth += (buffered - smooth) * Math.min(1, seconds / SMOOTHING_SECONDS);
        double error = (smooth - target) / PcmFormat.RATE;
        double wanted = drift + PROPORTIONAL * error;
        double bent = clamp(wanted);
        if (wanted == bent) {
            // At the limit an error says how far there is to go, not how the clocks differ.
            drift += INTEGRAL * error * seconds;
        }
        return 1 + bent;
    }

    /** What is buffered has changed by a jump that was meant. */
    void jumped(double frames) {
        smooth += frames;
    }

    /** Begins to measure anew; the drift stays, for the clocks do. */
    void restart() {
        smooth = Double.NaN;
    }

    /** What is buffered, in frames, smoothed; 0 before the first measurement. */
    double buffered() {
        return Double.isNaN(smooth) ? 0 : smooth;
    }

    /** How much faster frames come than they are played, in parts per million. */
    double driftPpm() {
        return drift * 1e6;
    }

    private static double clamp(double value) {
        return Math.max(-LIMIT, Math.min(LIMIT, value));
    }
}
