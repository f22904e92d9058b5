/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the pixels of a display. All calls come from one thread of the protocol at a time; calls from different threads
 * are ordered by the protocol. Pixels may be written by several threads at once between {@link #resize} or
 * {@link #publish} and the next {@link #publish}.
 */
@ProviderType
public interface FrameSink {

    /**
     * Sets the size of the picture. What the old picture and the new one share is kept; the rest is black.
     *
     * @param width in pixels, 1 to 16384
     * @param height in pixels, 1 to 16384
     * @return the pixels, {@code width * height} of them, to be written to until the next call
     * @throws IllegalArgumentException if a side is out of range
     */
    int[] resize(int width, int height);

    /** Says that a rectangle was written to. It must lie inside the picture. */
    void damage(int x, int y, int width, int height);

    /** Ends an update: what was damaged since the last call is complete and may be drawn. */
    void publish();
}
