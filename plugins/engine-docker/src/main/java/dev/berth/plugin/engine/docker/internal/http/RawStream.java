/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.http;

import dev.berth.plugin.engine.docker.internal.transport.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection that has left HTTP behind: bytes both ways until it is closed. */
public final class RawStream implements AutoCloseable {

    private final InputStream input;
    private final Duplex duplex;

    RawStream(InputStream input, Duplex duplex) {
        this.input = input;
        this.duplex = duplex;
    }

    public InputStream input() {
        return input;
    }

    public OutputStream output() {
        return duplex.output();
    }

    /** No more bytes for the engine. */
    public void finish() throws IOException {
        duplex.finish();
    }

    @Override
    public void close() {
        duplex.close();
    }
}
