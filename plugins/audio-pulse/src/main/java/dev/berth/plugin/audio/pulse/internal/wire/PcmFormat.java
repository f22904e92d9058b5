/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

/** Berth's one format of sound, at both ends: servers convert what differs. */
public final class PcmFormat {

    /** Sample frames a second. */
    public static final int RATE = 48_000;

    public static final int CHANNELS = 2;

    /** Bytes of a sample frame: two samples of 16 bits, little-endian. */
    public static final int FRAME = 4;

    /** The protocol's number of it. */
    static final int S16LE = 3;

    private PcmFormat() {}

    /** Frames of a time in milliseconds. */
    public static int frames(int millis) {
        return RATE / 1000 * millis;
    }
}
