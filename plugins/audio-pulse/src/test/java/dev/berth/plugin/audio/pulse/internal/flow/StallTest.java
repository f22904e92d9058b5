/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Sound that comes too late once, in simulated time: more is held then, and less again when all is calm. */
class StallTest {

    private static final int TARGET = PcmFormat.frames(25);
    private static final int FRAGMENT = PcmFormat.frames(5);
    private static final int SLACK = PcmFormat.frames(3);
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 1_500_000L;

    private final PlayoutBuffer buffer = new PlayoutBuffer(TARGET);
    private final StepClock clock = new StepClock();
    private final ByteBuffer fragment =
            ByteBuffer.allocate(FRAGMENT * PcmFormat.FRAME).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] chunk = new byte[PlayoutBuffer.CHUNK * PcmFormat.FRAME];
    private long now = 1;
    private long offered;
    private long written;

    @Test
    void whatIsHeldGrowsAfterAStallAndShrinksInCalm() {
        clock.restart(0, now);
        run(5 * SECOND, 0);
        assertThat(buffer.underruns()).isZero();
        assertThat(buffer.targetFrames()).isEqualTo(TARGET);

        run(now + SECOND / 10, now + SECOND / 10);
        run(now + 2 * SECOND, 0);
        assertThat(buffer.underruns()).isEqualTo(1);
        int raised = buffer.targetFrames();
        assertThat(raised).isGreaterThan(TARGET);
        assertThat(buffer.latencyFrames()).isCloseTo(raised, within());

        // What happened once happens again: for two minutes it is kept ready for.
        run(now + 60 * SECOND, 0);
        assertThat(buffer.targetFrames()).isEqualTo(raised);
        run(now + 120 * SECOND, 0);
        assertThat(buffer.targetFrames()).isEqualTo(TARGET);
        assertThat(buffer.latencyFrames()).isCloseTo(TARGET, within());
        assertThat(buffer.underruns()).isEqualTo(1);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset((double) PcmFormat.frames(8));
    }

    /** Lets time pass; nothing comes before {@code stalled}, and then all at once. */
    private void run(long until, long stalled) {
        for (; now < until; now += STEP) {
            long clockFrames = (long) (now * (PcmFormat.RATE / 1e9));
            while (now >= stalled && offered + FRAGMENT <= clockFrames) {
                fragment.clear();
                for (int i = 0; i < FRAGMENT; i++) {
                    short sample = Tone.sample(offered + i);
                    fragment.putShort(sample).putShort(sample);
                }
                buffer.offer(fragment.flip(), now);
                offered += FRAGMENT;
            }
            play(Math.min(written, clockFrames / FRAGMENT * FRAGMENT));
        }
    }

    private void play(long played) {
        clock.update(played, now);
        long queued = written - played;
        boolean full = queued > (buffer.playing() ? PcmFormat.frames(200) : TARGET / 2) - PlayoutBuffer.CHUNK;
        if (full || queued > clock.step() + SLACK && buffer.isShort(PlayoutBuffer.CHUNK)) {
            return;
        }
        buffer.spare((int) (queued - clock.step() - SLACK), now);
        buffer.take(chunk, PlayoutBuffer.CHUNK, Math.max(0, written - clock.at(now)), now);
        written += PlayoutBuffer.CHUNK;
    }
}
