/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both kinds of stream need. */
final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private Streams() {}

    static void delete(PulseConnection connection, int command, int channel) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            connection.ask(command, new TagWriter().u32(channel));
        } catch (IOException e) {
            LOG.debug("A stream was gone before it was deleted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
