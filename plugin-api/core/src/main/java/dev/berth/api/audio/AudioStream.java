/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.audio;

import dev.berth.api.task.AnyThread;
import org.osgi.annotation.versioning.ConsumerType;

/** The sound of one session, joined. It heals by itself when either side's sound server goes and comes. */
@ConsumerType
@AnyThread
public interface AudioStream extends AutoCloseable {

    /**
     * Sets the volume on this side.
     *
     * @param volume 0.0 to 1.0
     */
    void volume(double volume);

    /** Silences the session on this side. */
    void mute(boolean muted);

    /** Switches the microphone. */
    void microphone(boolean on);

    /** Counters so far. */
    AudioStatistics statistics();

    /** Ends it. Idempotent. */
    @Override
    void close();
}
