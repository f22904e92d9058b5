/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions;

import dev.berth.api.display.DisplayConnection;
import org.osgi.annotation.versioning.ProviderType;

/** A display that was joined: its pixels in {@link #frame}, everything else through {@link #connection}. */
@ProviderType
public interface SessionDisplay extends AutoCloseable {

    /** The pixels. */
    FrameBuffer frame();

    /** Input, size, clipboard, counters. */
    DisplayConnection connection();

    /** Leaves the display; the session goes on. Idempotent. */
    @Override
    void close();
}
