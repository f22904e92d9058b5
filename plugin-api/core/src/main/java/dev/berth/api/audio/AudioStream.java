/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.audio;

import dev.berth.api.error.AudioException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import java.util.List;
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

    /** The loudest sample of late that went to the device, 0.0 to 1.0. */
    default double level() {
        return 0;
    }

    /**
     * What the guest's applications play now. Asks the guest's server. Levels are measured while this is called at least once a second.
     *
     * @throws AudioException if the guest's server does not answer
     */
    @OnWorker
    default List<GuestStream> streams() throws AudioException, InterruptedException {
        return List.of();
    }

    /**
     * Sets in the guest how loud one of its streams is; nothing, when it is gone.
     *
     * @param id of a {@link GuestStream}
     * @param volume 0.0 to 1.0
     * @throws AudioException if the guest's server does not answer
     */
    @OnWorker
    default void streamVolume(long id, double volume) throws AudioException, InterruptedException {}

    /**
     * Silences one of the guest's streams in the guest, or lets it be heard again; nothing, when it is gone.
     *
     * @param id of a {@link GuestStream}
     * @throws AudioException if the guest's server does not answer
     */
    @OnWorker
    default void streamMute(long id, boolean muted) throws AudioException, InterruptedException {}

    /** Ends it. Idempotent. */
    @Override
    void close();
}
