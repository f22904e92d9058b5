/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tone of 1 kHz, and what became of it on its way. */
public final class Tone {

    /** One period, in frames. */
    public static final int PERIOD = 48;

    private static final double AMPLITUDE = 12_000;

    private Tone() {}

    /** Writes a file that players take as 16 bit, stereo, 48 kHz. */
    public static Path file(Path file, int seconds) throws IOException {
        int frames = seconds * 48_000;
        ByteBuffer wav = ByteBuffer.allocate(44 + frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes("ASCII")).putInt(36 + frames * 4).put("WAVEfmt ".getBytes("ASCII"));
        wav.putInt(16).putShort((short) 1).putShort((short) 2).putInt(48_000).putInt(192_000);
        wav.putShort((short) 4)
                .putShort((short) 16)
                .put("data".getBytes("ASCII"))
                .putInt(frames * 4);
        for (int i = 0; i < frames; i++) {
            short sample = sample(i);
            wav.putShort(sample).putShort(sample);
        }
        return Files.write(file, wav.array());
    }

    /** The tone's sample at a frame. */
    public static short sample(long frame) {
        return (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * (frame % PERIOD) / PERIOD));
    }

    /**
     * What was heard.
     *
     * @param seconds from the tone's begin to its end
     * @param longestGapMillis the longest time in which it was not to be heard
     * @param frequencyError relative
     * @param jumps how often its phase moved by more than a tenth of a period from one period to the next
     */
    public record Heard(double seconds, double longestGapMillis, double frequencyError, int jumps) {}

    /** Analyses the left channel of a raw recording. */
    public static Heard analyse(byte[] recording) {
        short[] left = new short[recording.length / 4];
        ByteBuffer.wrap(recording).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer view = ByteBuffer.wrap(recording).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < left.length; i++) {
            left[i] = view.getShort(i * 4);
        }
        return analyse(left);
    }

    /** Analyses samples: each period is compared with the tone, for its strength and its phase. */
    public static Heard analyse(short[] samples) {
        int periods = samples.length / PERIOD;
        double[] strength = new double[periods];
        double[] phase = new double[periods];
        for (int p = 0; p < periods; p++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < PERIOD; i++) {
                double angle = 2 * Math.PI * i / PERIOD;
                re += samples[p * PERIOD + i] * Math.sin(angle);
                im += samples[p * PERIOD + i] * Math.cos(angle);
            }
            strength[p] = 2 * Math.hypot(re, im) / PERIOD;
            phase[p] = Math.atan2(im, re);
        }
        int first = 0;
        while (first < periods && strength[first] < AMPLITUDE * 0.9) {
            first++;
        }
        int last = periods - 1;
        while (last > first && strength[last] < AMPLITUDE * 0.9) {
            last--;
        }
        int gap = 0;
        int longest = 0;
        int jumps = 0;
        double turned = 0;
        double before = first < periods ? phase[first] : 0;
        double n = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        for (int p = first; p <= last; p++) {
            gap = strength[p] < AMPLITUDE * 0.7 ? gap + 1 : 0;
            longest = Math.max(longest, gap);
            double step = Math.IEEEremainder(phase[p] - before, 2 * Math.PI);
            if (gap == 0 && Math.abs(step) > 2 * Math.PI * 0.1) {
                jumps++;
            }
            if (gap == 0) {
                turned += step;
                before = phase[p];
                n++;
                sx += p;
                sy += turned;
                sxx += (double) p * p;
                sxy += p * turned;
            }
        }
        double slope = n < 2 ? Double.NaN : (n * sxy - sx * sy) / (n * sxx - sx * sx);
        return new Heard(Math.max(0, last - first + 1) / 1000.0, longest, Math.abs(slope / (2 * Math.PI)), jumps);
    }
}
