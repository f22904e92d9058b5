/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.ContainerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;

/** The standard input and output of a command as one channel. */
final class ProcessChannel implements ByteChannel {

    private static final int MOST_BYTES = 65_536;

    private final ContainerProcess process;
    private final byte[] in = new byte[MOST_BYTES];
    private final byte[] out = new byte[MOST_BYTES];
    private volatile boolean open = true;

    ProcessChannel(ContainerProcess process) {
        this.process = process;
        Thread drain = new Thread(this::drainErrors, "berth-engine-runc-stderr");
        drain.setDaemon(true);
        drain.start();
    }

    private void drainErrors() {
        try {
            process.stderr().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Closed with the process.
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        int n;
        try {
            n = process.stdout().read(in, 0, Math.min(in.length, target.remaining()));
        } catch (IOException e) {
            requireOpen();
            throw e;
        }
        if (n > 0) {
            target.put(in, 0, n);
        }
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        int sum = 0;
        while (source.hasRemaining()) {
            int n = Math.min(out.length, source.remaining());
            source.get(out, 0, n);
            process.stdin().write(out, 0, n);
            sum += n;
        }
        process.stdin().flush();
        return sum;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        process.close();
    }
}
