/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import java.io.IOException;

/** A way to an engine: opens one connection after the other. */
public interface Transport {

    /** Opens a connection; blocks, and ends early when the thread is interrupted. */
    Duplex open() throws IOException;

    /** Where it leads, for a person and the log. */
    String describe();

    /** Whether it can only lead to this machine, or to a virtual machine of its. */
    default boolean onThisMachine() {
        return false;
    }
}
