/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

/**
 * Reads a ring at a rate slightly other than its own, by a windowed sinc of 32 taps, whose coefficients are interpolated
 * between 256 phases. For rates within a percent of the original: there is no filter against aliases of larger steps.
 */
final class Resampler {

    static final int TAPS = 32;

    private static final int PHASES = 256;
    /** Of the Kaiser window: side lobes below -80 dB. */
    private static final double BETA = 8.0;

    private static final float[] TABLE = table();

    private double phase;

    /** How many frames must be in the ring for that many to come out. */
    int needed(int frames, double step) {
        return TAPS + (int) Math.ceil(phase + frames * step) + 1;
    }

    /** How many can come out when that many are in the ring. */
    int producible(int available, double step) {
        return Math.max(0, (int) ((available - TAPS - 2 - phase) / step));
    }

    /**
     * Reads {@code frames} frames and moves the ring on.
     *
     * @param step frames of the ring for each that comes out
     */
    void read(FrameRing ring, float[] left, float[] right, int frames, double step) {
        double at = phase;
        for (int i = 0; i < frames; i++) {
            int whole = (int) at;
            double fine = (at - whole) * PHASES;
            int row = (int) fine;
            float mix = (float) (fine - row);
            int a = row * TAPS;
            int b = a + TAPS;
            float sumLeft = 0;
            float sumRight = 0;
            for (int k = 0; k < TAPS; k++) {
                float h = TABLE[a + k] + mix * (TABLE[b + k] - TABLE[a + k]);
                sumLeft += h * ring.at(whole + k, 0);
                sumRight += h * ring.at(whole + k, 1);
            }
            left[i] = sumLeft;
            right[i] = sumRight;
            at += step;
        }
        int whole = (int) at;
        ring.advance(whole);
        phase = at - whole;
    }

    double phase() {
        return phase;
    }

    private static float[] table() {
        float[] table = new float[(PHASES + 1) * TAPS];
        double edge = TAPS / 2.0;
        for (int row = 0; row <= PHASES; row++) {
            double sum = 0;
            double[] taps = new double[TAPS];
            for (int k = 0; k < TAPS; k++) {
                // Tap TAPS / 2 - 1 lies at the position itself when the phase is nought.
                double x = k - (edge - 1) - (double) row / PHASES;
                double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
                double u = x / edge;
                taps[k] = Math.abs(u) >= 1 ? 0 : sinc * bessel(BETA * Math.sqrt(1 - u * u)) / bessel(BETA);
                sum += taps[k];
            }
            for (int k = 0; k < TAPS; k++) {
                table[row * TAPS + k] = (float) (taps[k] / sum);
            }
        }
        return table;
    }

    /** The modified Bessel function of order nought. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 40; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
