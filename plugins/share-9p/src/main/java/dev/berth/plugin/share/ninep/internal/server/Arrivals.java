/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Waits for what a client sends next. A client that asks one thing after the other asks again within microseconds, and
 * a thread that sleeps meanwhile takes longer to wake than the answer takes to make. So for a moment the socket is asked
 * again and again before the thread sleeps, but only as long as that was worth it lately. One thread at a time.
 */
final class Arrivals {

    /** About twice what it takes to put a thread to sleep and to wake it again. */
    private static final long MOMENT_NANOS = 50_000;
    /** How much a moment that was waited in vain counts, against one that was not. */
    private static final int VAIN = 4;

    private static final int MOST_CREDIT = 64;
    /** So often one is tried although the last were in vain. */
    private static final int PROBE_EVERY = 64;

    private static final boolean MAY_SPIN = Runtime.getRuntime().availableProcessors() > 1;

    private int credit;
    private int slept;

    /**
     * As {@link SocketChannel#read}: blocks until something is there.
     *
     * @param alone whether nobody writes to the channel meanwhile, who would then find that it does not block
     */
    int read(SocketChannel channel, ByteBuffer into, boolean alone) throws IOException {
        if (alone && MAY_SPIN && (credit > 0 || ++slept % PROBE_EVERY == 0)) {
            int read = readSoon(channel, into);
            if (read != 0) {
                credit = Math.min(MOST_CREDIT, credit + 1);
                return read;
            }
            credit = Math.max(0, credit - VAIN);
        }
        return channel.read(into);
    }

    private static int readSoon(SocketChannel channel, ByteBuffer into) throws IOException {
        channel.configureBlocking(false);
        try {
            long begin = System.nanoTime();
            while (true) {
                int read = channel.read(into);
                if (read != 0 || System.nanoTime() - begin > MOMENT_NANOS) {
                    return read;
                }
                Thread.yield();
            }
        } finally {
            channel.configureBlocking(true);
        }
    }
}
