/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import java.io.IOException;

/** Somewhere to play: a device of this host, or a guest's microphone. Its position is a clock. */
public interface OutLine extends AutoCloseable {

    /** The device's name; empty where sound is dropped. */
    String device();

    /** How many frames to keep waiting in it. */
    int depth();

    /** Frames that were played since it was opened; stands still when there is nothing to play. */
    long played();

    /** Whether it can still play. */
    boolean alive();

    /** Hands over whole frames. Does not block while no more than {@link #depth} wait. */
    void write(byte[] sound, int length) throws IOException;

    /** Ends it; wakes a thread that is blocked in {@link #write}. */
    @Override
    void close();
}
