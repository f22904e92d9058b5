/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest whose clock runs faster or slower than the device's, in simulated time: the real buffer, without threads and servers. */
class DriftTest {

    private static final int TARGET = PcmFormat.frames(40);
    private static final int FIVE_MILLIS = PcmFormat.frames(5);
    private static final int FRAGMENT = PcmFormat.frames(10);
    private static final int DEPTH = PcmFormat.frames(200);
    private static final long STEP = 1_500_000L;
    private static final int SETTLED_SECONDS = 60;

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void twoMinutesWithoutAJump(int ppm) {
        simulate(ppm, 120);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void anHourWithoutAJump(int ppm) {
        simulate(ppm, 3600);
    }

    /** Plays a tone; each minute of what the device got is looked at, a second of the one before included. */
    private static void simulate(int ppm, int seconds) {
        PlayoutBuffer buffer = new PlayoutBuffer(TARGET);
        StepClock clock = new StepClock();
        ByteBuffer fragment = ByteBuffer.allocate(FRAGMENT * PcmFormat.FRAME).order(ByteOrder.LITTLE_ENDIAN);
        byte[] chunk = new byte[PlayoutBuffer.CHUNK * PcmFormat.FRAME];
        short[] heard = new short[61 * PcmFormat.RATE];
        int kept = 0;
        long offered = 0;
        long written = 0;
        double furthest = 0;
        clock.restart(0, 1);
        for (long now = 1; now < seconds * 1_000_000_000L; now += STEP) {
            long made = (long) (now * (PcmFormat.RATE / 1e9) * (1 + ppm / 1e6));
            while (offered + FRAGMENT <= made) {
                fragment.clear();
                for (int i = 0; i < FRAGMENT; i++) {
                    short sample = Tone.sample(offered + i);
                    fragment.putShort(sample).putShort(sample);
                }
                buffer.offer(fragment.flip(), now);
                offered += FRAGMENT;
            }
            // The device tells its position every 5 ms, as sound servers do.
            long played = (long) (now * (PcmFormat.RATE / 1e9)) / FIVE_MILLIS * FIVE_MILLIS;
            clock.update(Math.min(played, written), now);
            long queued = written - Math.min(played, written);
            boolean full = queued > (buffer.playing() ? DEPTH : TARGET / 2) - PlayoutBuffer.CHUNK;
            if (full || queued > clock.step() + PcmFormat.frames(3) && buffer.isShort(PlayoutBuffer.CHUNK)) {
                continue;
            }
            buffer.take(chunk, PlayoutBuffer.CHUNK, Math.max(0, written - clock.at(now)), now);
            written += PlayoutBuffer.CHUNK;
            ByteBuffer frames = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < PlayoutBuffer.CHUNK; i++) {
                heard[kept++] = frames.getShort(i * PcmFormat.FRAME);
            }
            if (now > SETTLED_SECONDS * 1_000_000_000L) {
                furthest = Math.max(furthest, Math.abs(buffer.latencyFrames() - TARGET));
            }
            if (kept + PlayoutBuffer.CHUNK > heard.length) {
                check(ppm, heard, kept);
                System.arraycopy(heard, kept - PcmFormat.RATE, heard, 0, PcmFormat.RATE);
                kept = PcmFormat.RATE;
            }
        }
        System.out.printf(
                "%d ppm for %d s: at most %.2f ms from the target, drift measured %.1f ppm%n",
                ppm, seconds, furthest * 1000 / PcmFormat.RATE, buffer.driftPpm());
        assertThat(furthest).isLessThan(PcmFormat.frames(5));
        assertThat(buffer.underruns()).isZero();
        assertThat(buffer.dropped()).isZero();
        assertThat(buffer.driftPpm()).isBetween(ppm - 10.0, ppm + 10.0);
    }

    private static void check(int ppm, short[] heard, int count) {
        Tone.Heard tone = Tone.analyse(java.util.Arrays.copyOf(heard, count));
        assertThat(tone.jumps()).as("jumps at %d ppm: %s", ppm, tone).isZero();
        assertThat(tone.longestGapMillis()).isLessThan(2);
        assertThat(tone.frequencyError()).isLessThan(0.001);
    }
}
