/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions;

import dev.berth.api.display.DisplayConnection;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** A display that was joined: its pixels in {@link #frame}, everything else through {@link #connection}. */
@ProviderType
public interface SessionDisplay extends AutoCloseable {

    /** The pixels. */
    FrameBuffer frame();

    /** Input, size, clipboard, counters. */
    DisplayConnection connection();

    /**
     * Hears of a connection that breaks and comes back; of one that is away already, at once. Called on the display's threads.
     *
     * @return ends the hearing
     */
    Registration onLink(LinkListener listener);

    /** Tries a broken connection again now, and not only after the pause that is under way. Does nothing while connected. */
    void reconnect();

    /** Leaves the display; the session goes on. Idempotent. */
    @Override
    void close();

    /** Hears of a display's connection. */
    interface LinkListener {

        /** It broke. It is tried again, with growing pauses, until {@link #back} or the end of the display. */
        void away(BerthException cause);

        /** It is there again, and so are new pixels. */
        void back();
    }
}
