/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import java.nio.ByteBuffer;

/** Sample frames on their way from one thread that writes to one that reads. Takes no lock and makes no garbage. */
final class FrameRing {

    private final short[] samples;
    private final int mask;
    private volatile long written;
    private volatile long read;

    /**
     * Makes an empty one.
     *
     * @param frames a power of two
     */
    FrameRing(int frames) {
        if (Integer.bitCount(frames) != 1) {
            throw new IllegalArgumentException("not a power of two: " + frames);
        }
        samples = new short[frames * 2];
        mask = frames - 1;
    }

    /** Writes what {@code source} holds, as far as there is room; the rest is lost. Returns the number written. */
    int offer(ByteBuffer source) {
        int frames = source.remaining() / PcmFormat.FRAME;
        int count = Math.min(frames, mask + 1 - available());
        long at = written;
        int position = source.position();
        for (int i = 0; i < count; i++) {
            int slot = (int) (at + i & mask) * 2;
            // Little-endian, whatever the order of the buffer is.
            samples[slot] = (short) (source.get(position) & 0xff | source.get(position + 1) << 8);
            samples[slot + 1] = (short) (source.get(position + 2) & 0xff | source.get(position + 3) << 8);
            position += PcmFormat.FRAME;
        }
        written = at + count;
        return count;
    }

    int available() {
        return (int) (written - read);
    }

    /** Frames read since the beginning. */
    long position() {
        return read;
    }

    /** A sample of the frame {@code ahead} frames after the next: 0 left, 1 right. */
    short at(int ahead, int channel) {
        return samples[(int) (read + ahead & mask) * 2 + channel];
    }

    /** Whether the frames from the next on are all silent. */
    boolean silent(int frames) {
        for (int i = 0; i < frames; i++) {
            if (at(i, 0) != 0 || at(i, 1) != 0) {
                return false;
            }
        }
        return true;
    }

    void advance(int frames) {
        // Only one thread writes it.
        read = read + frames;
    }
}
