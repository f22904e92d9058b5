/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import java.nio.ByteBuffer;

/**
 * Lies between a clock by which sound comes and one by which it is played. Holds a target amount, takes the drift out by
 * resampling, fades where sound begins and breaks off, and drops what piled up during a stall. One thread offers, one
 * takes; neither waits, and nothing is allocated on the way.
 */
public final class PlayoutBuffer {

    /** The most frames taken at once: 5 ms. */
    public static final int CHUNK = PcmFormat.frames(5);

    private static final int CAPACITY = 1 << 16;
    /** Always left behind, so that there is something to fade out: 2 ms. */
    private static final int MARGIN = PcmFormat.frames(2);
    /** What exceeds the target by more is dropped at once: resampling would take minutes. */
    private static final int TOO_MUCH = PcmFormat.frames(80);
    /** In silence a jump is not heard, so the amount is put right at once when it is off by more. */
    private static final int LOOSE = PcmFormat.frames(8);

    private static final long CLOSE_NANOS = 200_000_000L;
    private static final int LONGEST_TARGET = PcmFormat.frames(150);
    /** A pause in what comes that is longer has another cause than jitter; more to hold would not have helped. */
    private static final long JITTER_NANOS = 500_000_000L;
    /** Extra target goes down by 1 ms in 2 s, as fast as resampling can follow, while that much is to spare. */
    private static final double DECAY = PcmFormat.RATE / 1000.0 / 2;

    private static final int TO_SPARE = PcmFormat.frames(4);
    /** So little left over was luck: more is held before sound breaks off. */
    private static final int CLOSE = PcmFormat.frames(1);

    private static final int CLOSE_STEP = PcmFormat.frames(1);
    /** Of a change of volume, per frame: done in about 10 ms. */
    private static final float GAIN_STEP = 1f / 480;

    private final FrameRing ring = new FrameRing(CAPACITY);
    private final StepClock arrivals = new StepClock();
    private final Resampler resampler = new Resampler();
    private final DriftControl control = new DriftControl();
    private final float[] left = new float[CHUNK];
    private final float[] right = new float[CHUNK];
    private final float[] nextLeft = new float[CHUNK];
    private final float[] nextRight = new float[CHUNK];

    private final Spare spare = new Spare();
    private final int baseTarget;
    private double target;
    private long lastClose;
    private boolean playing;
    private boolean silentBefore = true;
    private int fadeIn;
    private long brokeOff;
    private boolean everPlayed;
    private long lastTake;
    private float gain;
    private long arrived;

    private volatile float wantedGain = 1;
    private volatile long underruns;
    private volatile long dropped;
    private volatile long lostAtDoor;
    private volatile double driftPpm;
    private volatile double latencyFrames;
    private volatile double targetFrames;
    private volatile float peak;

    /**
     * Makes an empty one.
     *
     * @param targetFrames how much to hold, what the device holds included
     */
    public PlayoutBuffer(int targetFrames) {
        baseTarget = Math.min(LONGEST_TARGET, Math.max(PcmFormat.frames(10), targetFrames));
        target = baseTarget;
        this.targetFrames = target;
    }

    // ---- the side where sound comes

    /** Takes in frames that came. What finds no room is lost. */
    public void offer(ByteBuffer frames, long now) {
        int count = frames.remaining() / PcmFormat.FRAME;
        int taken = ring.offer(frames);
        arrived += taken;
        arrivals.update(arrived, now);
        if (taken < count) {
            lostAtDoor = lostAtDoor + count - taken;
        }
    }

    // ---- the side where it is played

    /** Whether there is sound, rather than silence for want of it. */
    public boolean playing() {
        return playing;
    }

    /** Whether taking that many now would break off what plays. */
    public boolean isShort(int frames) {
        return playing && ring.available() < resampler.needed(frames, 1 + DriftControl.LIMIT) + MARGIN;
    }

    /**
     * Gives exactly that many frames, silence if there is nothing else.
     *
     * @param frames at most {@link #CHUNK}
     * @param queued frames that were taken before and that the device has not played yet
     */
    public void take(byte[] out, int frames, double queued, long now) {
        double seconds = lastTake == 0 ? 0 : Math.min(0.1, (now - lastTake) / 1e9);
        lastTake = now;
        decay(seconds);
        if (!playing && ring.available() + queued >= target) {
            begin(queued, now);
        }
        if (playing) {
            play(frames, queued, seconds, now);
        } else {
            silence(0, frames);
        }
        write(out, frames);
    }

    private void decay(double seconds) {
        if (target > baseTarget && spare.least() > TO_SPARE) {
            target = Math.max(baseTarget, target - DECAY * seconds);
            targetFrames = target;
        }
    }

    /**
     * Tells how much more is held than is needed to go on, before each {@link #take}.
     *
     * @param frames what waits in the device beyond what it takes next
     */
    public void spare(int frames, long now) {
        if (!playing) {
            return;
        }
        spare.note(frames, now);
        if (frames < CLOSE && now - lastClose > CLOSE_NANOS && target < LONGEST_TARGET) {
            lastClose = now;
            target += CLOSE_STEP;
            targetFrames = target;
        }
    }

    private void begin(double queued, long now) {
        if (everPlayed && now - brokeOff < JITTER_NANOS && target < LONGEST_TARGET) {
            raise();
            if (ring.available() + queued < target) {
                // Once for each break.
                brokeOff = now - JITTER_NANOS;
                return;
            }
        }
        int available = ring.available();
        int excess = (int) Math.min(available + queued - target, available - resampler.needed(CHUNK, 1.01) - MARGIN);
        if (excess < 0 && available < resampler.needed(CHUNK, 1.01) + MARGIN) {
            return;
        }
        if (excess > 0) {
            ring.advance(excess);
            if (everPlayed) {
                dropped = dropped + excess;
            }
        }
        playing = true;
        everPlayed = true;
        fadeIn = 0;
        control.restart();
    }

    /** The device ran dry, because whoever takes was late: what was heard as a gap is a chance to catch up. */
    public void ranDry(long now) {
        raise();
        playing = false;
        brokeOff = now - JITTER_NANOS;
    }

    /** Holds more from now on: what there was did not do. */
    private void raise() {
        target = Math.min(LONGEST_TARGET, target * 1.5);
        spare.forget();
        targetFrames = target;
    }

    private void play(int frames, double queued, double seconds, long now) {
        double ahead = arrivals.at(now) - ring.position() - resampler.phase();
        double buffered = ahead + queued;
        double step = control.update(seconds, buffered, target);
        driftPpm = control.driftPpm();
        latencyFrames = control.buffered();
        if (buffered - target > TOO_MUCH && skip(frames, (int) (buffered - target), step)) {
            return;
        }
        if (silentBefore && settle(frames, buffered)) {
            return;
        }
        int available = ring.available();
        if (available < resampler.needed(frames, step) + MARGIN) {
            int last = Math.min(frames, resampler.producible(available, step));
            resampler.read(ring, left, right, last, step);
            for (int i = 0; i < last; i++) {
                float fade = (float) (last - i - 1) / last;
                left[i] *= fade;
                right[i] *= fade;
            }
            silence(last, frames);
            playing = false;
            brokeOff = now;
            underruns = underruns + 1;
            return;
        }
        resampler.read(ring, left, right, frames, step);
        for (int i = 0; i < frames && fadeIn < CHUNK; i++, fadeIn++) {
            float fade = (float) fadeIn / CHUNK;
            left[i] *= fade;
            right[i] *= fade;
        }
    }

    /** Leaves {@code excess} frames out, with a crossfade. */
    private boolean skip(int frames, int excess, double step) {
        int room = ring.available() - 2 * resampler.needed(frames, step) - MARGIN;
        int count = Math.min(excess, room);
        if (count <= 0) {
            return false;
        }
        resampler.read(ring, left, right, frames, step);
        ring.advance(count);
        resampler.read(ring, nextLeft, nextRight, frames, step);
        for (int i = 0; i < frames; i++) {
            float mix = (float) (i + 1) / frames;
            left[i] += mix * (nextLeft[i] - left[i]);
            right[i] += mix * (nextRight[i] - right[i]);
        }
        dropped = dropped + count + frames;
        control.restart();
        return true;
    }

    /** Puts the amount right while nothing is heard. */
    private boolean settle(int frames, double buffered) {
        double off = control.buffered() - target;
        if (off > LOOSE && buffered - target > LOOSE) {
            int count = Math.min((int) off, ring.available() - resampler.needed(frames, 1.01) - MARGIN);
            if (count > 0 && ring.silent(count + Resampler.TAPS)) {
                ring.advance(count);
                control.jumped(-count);
            }
            return false;
        }
        if (off < -LOOSE && buffered - target < -LOOSE && ring.available() >= frames && ring.silent(frames)) {
            silence(0, frames);
            control.jumped(frames);
            return true;
        }
        return false;
    }

    private void silence(int from, int to) {
        for (int i = from; i < to; i++) {
            left[i] = 0;
            right[i] = 0;
        }
    }

    private void write(byte[] out, int frames) {
        float wanted = wantedGain;
        float loudest = 0;
        int at = 0;
        for (int i = 0; i < frames; i++) {
            gain = gain < wanted ? Math.min(wanted, gain + GAIN_STEP) : Math.max(wanted, gain - GAIN_STEP);
            int l = sample(left[i] * gain);
            int r = sample(right[i] * gain);
            loudest = Math.max(loudest, Math.max(Math.abs(l), Math.abs(r)));
            out[at] = (byte) l;
            out[at + 1] = (byte) (l >> 8);
            out[at + 2] = (byte) r;
            out[at + 3] = (byte) (r >> 8);
            at += PcmFormat.FRAME;
        }
        silentBefore = loudest == 0;
        peak = Math.max(peak * 0.98f, loudest / 32768);
    }

    private static int sample(float value) {
        int rounded = Math.round(value);
        return rounded > Short.MAX_VALUE ? Short.MAX_VALUE : Math.max(rounded, Short.MIN_VALUE);
    }

    /** Another device plays from now on: begins anew, softly. */
    public void restart() {
        playing = false;
        brokeOff = lastTake - JITTER_NANOS;
        control.restart();
    }

    // ---- for any thread

    /** Sets the volume, as a factor of the samples; a change is made smoothly. */
    public void gain(float factor) {
        wantedGain = factor;
    }

    /** How often sound broke off for want of it. */
    public long underruns() {
        return underruns;
    }

    /** Frames dropped to catch up, or for want of room. */
    public long dropped() {
        return dropped + lostAtDoor;
    }

    /** How much faster frames come than they are played. */
    public double driftPpm() {
        return driftPpm;
    }

    /** What lies between coming and being played, in frames, smoothed. */
    public double latencyFrames() {
        return latencyFrames;
    }

    /** How much is meant to be held now, in frames. */
    public int targetFrames() {
        return (int) targetFrames;
    }

    /** The loudest sample of late, 0 to 1. */
    public float peak() {
        return peak;
    }
}
