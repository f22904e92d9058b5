/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import dev.berth.api.task.AnyThread;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A joined display. Methods return at once. */
@ConsumerType
@AnyThread
public interface DisplayConnection extends AutoCloseable {

    /** Where input goes. */
    DisplayInput input();

    /** What the server can do. */
    Set<DisplayFeature> features();

    /**
     * Asks the server for another size; the answer is a {@link FrameSink#resize}, or nothing when it declines.
     *
     * @param width in device pixels
     * @param height in device pixels
     */
    void requestSize(int width, int height);

    /** Tells the guest what is on this side's clipboard. */
    void offerClipboard(ClipboardOffer offer);

    /** Says whether anybody can see the picture; while nobody does, updates are not asked for. */
    void visible(boolean visible);

    /** Counters so far. */
    DisplayStatistics statistics();

    /** Ends the connection; the listener hears of it. Idempotent. */
    @Override
    void close();
}
