/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import dev.berth.plugin.engine.docker.internal.stdio.BoundedPipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams that cannot be interrupted, read by a thread of their own so that whoever waits for them can. */
final class PumpedDuplex implements Duplex {

    private static final int BUFFER = 64 << 10;

    /** How the stream to the engine is ended while the other goes on. */
    interface Finish {
        void run() throws IOException;
    }

    private final BoundedPipe input = new BoundedPipe(2 * BUFFER);
    private final OutputStream output;
    private final Finish finish;
    private final Runnable close;

    PumpedDuplex(String name, InputStream input, OutputStream output, Finish finish, Runnable close) {
        this.output = output;
        this.finish = finish;
        this.close = close;
        Thread pump = new Thread(() -> pump(input), "berth-engine-docker-" + name);
        pump.setDaemon(true);
        pump.start();
    }

    private void pump(InputStream from) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                input.put(buffer, 0, n);
            }
            input.end();
        } catch (IOException e) {
            input.fail(e);
        } catch (InterruptedException e) {
            input.fail(new IOException("interrupted", e));
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void finish() throws IOException {
        finish.run();
    }

    @Override
    public void close() {
        input.close();
        close.run();
    }
}
