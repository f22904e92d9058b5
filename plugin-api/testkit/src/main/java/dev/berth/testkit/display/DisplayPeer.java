/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.display;

import dev.berth.api.channel.Endpoint;
import java.io.IOException;

/** A real display server that a protocol is tried against. */
public interface DisplayPeer extends AutoCloseable {

    /** Where it listens. */
    Endpoint endpoint();

    /** What the server itself says is on its screen, by another way than the protocol. */
    Picture screenshot() throws IOException, InterruptedException;

    /** Puts something else on the screen; returns when it is there. */
    void change() throws IOException, InterruptedException;

    /** Ends the server, rudely. Idempotent. */
    @Override
    void close();
}
