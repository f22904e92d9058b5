/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Bytes both ways, from two threads at once. An interrupt of a blocked thread ends the call with an
 * {@link IOException}; the connection is of no use after that.
 */
public interface Duplex extends AutoCloseable {

    /** What the engine sends. */
    InputStream input();

    /** What the engine gets; nothing waits in it. */
    OutputStream output();

    /** Tells the engine that no more bytes come; its own still do. */
    void finish() throws IOException;

    /** Closes both ways and wakes blocked threads. Idempotent, from any thread. */
    @Override
    void close();
}
