/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.sound;

import java.util.Locale;

/**
 * Compares what arrives with the tone that was played, a period after the other, however long it lasts: for its strength, its phase, and
 * so its frequency. A period that is weaker than 0.7 of the tone counts as a gap.
 */
final class ToneMeter {

    /** One period of 1 kHz, in frames. */
    static final int PERIOD = 48;

    static final double AMPLITUDE = 12_000;

    private static final double[] SIN = new double[PERIOD];
    private static final double[] COS = new double[PERIOD];

    static {
        for (int i = 0; i < PERIOD; i++) {
            SIN[i] = Math.sin(2 * Math.PI * i / PERIOD);
            COS[i] = Math.cos(2 * Math.PI * i / PERIOD);
        }
    }

    private double re;
    private double im;
    private int filled;
    private boolean begun;
    private long periods;
    private long lost;
    private int gap;
    private int gapBefore;
    private int longestGap;
    private int gaps;
    private int jumps;
    private double before;
    private double turned;
    private double n;
    private double sx;
    private double sy;
    private double sxx;
    private double sxy;

    /** The tone's sample at a frame. */
    static short sample(long frame) {
        return (short) Math.round(AMPLITUDE * SIN[(int) (frame % PERIOD)]);
    }

    /** Takes the next sample that arrived. */
    void hear(short sample) {
        re += sample * SIN[filled];
        im += sample * COS[filled];
        if (++filled == PERIOD) {
            period(2 * Math.hypot(re, im) / PERIOD, Math.atan2(im, re));
            re = 0;
            im = 0;
            filled = 0;
        }
    }

    private void period(double strength, double phase) {
        if (!begun) {
            begun = strength > AMPLITUDE * 0.9;
            before = phase;
        }
        if (!begun) {
            return;
        }
        periods++;
        if (strength < AMPLITUDE * 0.7) {
            gap++;
            return;
        }
        if (gap > 0) {
            // Counted only when the tone came back: the last one is its end.
            lost += gap;
            gaps++;
            longestGap = Math.max(longestGap, gap);
            gapBefore = gap;
            gap = 0;
        }
        double step = Math.IEEEremainder(phase - before, 2 * Math.PI);
        if (Math.abs(step) > 2 * Math.PI * 0.1 && gapBefore == 0) {
            jumps++;
        }
        gapBefore = 0;
        before = phase;
        turned += step;
        n++;
        sx += periods;
        sy += turned;
        sxx += (double) periods * periods;
        sxy += periods * turned;
    }

    /** Seconds since the tone began, without its end. */
    double seconds() {
        return (periods - gap) / 1000.0;
    }

    int longestGapMillis() {
        return longestGap;
    }

    /** Relative; from the phase, over all of it. */
    double frequencyError() {
        return n < 2 ? Double.NaN : Math.abs((n * sxy - sx * sy) / (n * sxx - sx * sx) / (2 * Math.PI));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f s heard, %d gaps (longest %d ms, %d ms in all), %d jumps of phase, frequency off by %.5f %%",
                seconds(),
                gaps,
                longestGap,
                lost,
                jumps,
                frequencyError() * 100);
    }
}
