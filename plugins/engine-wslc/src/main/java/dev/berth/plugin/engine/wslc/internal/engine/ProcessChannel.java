/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;

/** The standard input and output of a command as one channel. */
final class ProcessChannel implements ByteChannel {

    private static final int MOST_BYTES = 65_536;

    private final InputStream input;
    private final OutputStream output;
    private final Runnable end;
    private final byte[] in = new byte[MOST_BYTES];
    private final byte[] out = new byte[MOST_BYTES];
    private volatile boolean open = true;

    private ProcessChannel(InputStream input, OutputStream output, Runnable end) {
        this.input = input;
        this.output = output;
        this.end = end;
    }

    /** The channel of a command in a container; what it says on the rest of its standard error is dropped. */
    static ProcessChannel of(ContainerProcess process) {
        Thread drain = new Thread(() -> drain(process.stderr()), "berth-engine-wslc-stderr");
        drain.setDaemon(true);
        drain.start();
        return new ProcessChannel(process.stdout(), process.stdin(), process::close);
    }

    private static void drain(InputStream errors) {
        try {
            errors.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Closed with the process.
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        int n;
        try {
            n = input.read(in, 0, Math.min(in.length, target.remaining()));
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
            output.write(out, 0, n);
            sum += n;
        }
        output.flush();
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
        end.run();
    }
}
