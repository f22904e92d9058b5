/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages on a thread of its own, so that nobody who has something to say waits for the server to listen. Messages queue up in
 * the order of the calls; a pointer move that has not left yet is replaced by the next one.
 */
public final class RfbOutput {

    /** A server that lets this much pile up is not listening any more. */
    private static final int MAX_PENDING = 40 << 20;

    /** Larger arrays, grown by a large clipboard, are not kept. */
    private static final int MAX_KEPT = 1 << 20;

    private final WritableByteChannel channel;
    private final Consumer<IOException> onFailure;
    private final Object lock = new Object();
    private byte[] pending = new byte[4 << 10];
    private int length;
    private int lastMove = -1;
    private boolean finishing;
    private boolean failed;

    /**
     * @param onFailure called once, on a thread of its own, when the channel takes no more
     */
    public RfbOutput(WritableByteChannel channel, Consumer<IOException> onFailure) {
        this.channel = channel;
        this.onFailure = onFailure;
    }

    /** Begins to send what is queued. */
    public void start(String threadName) {
        Thread thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /** Queues a message. Any thread. */
    public void send(byte[] message) {
        send(message, message.length);
    }

    /** Queues the first bytes of an array, which may be used again at once. Any thread. */
    public void send(byte[] message, int count) {
        synchronized (lock) {
            append(message, count);
            lastMove = -1;
        }
    }

    /** Queues where the pointer is, instead of the last message queued if that was such a one and has not left. Any thread. */
    public void sendMove(byte[] message, int count) {
        synchronized (lock) {
            if (lastMove >= 0 && length - lastMove == count) {
                System.arraycopy(message, 0, pending, lastMove, count);
                return;
            }
            int start = length;
            append(message, count);
            lastMove = start;
        }
    }

    private void append(byte[] message, int count) {
        if (failed || finishing) {
            return;
        }
        if (length + count > MAX_PENDING) {
            failed = true;
            pending = new byte[0];
            length = 0;
            lock.notifyAll();
            // The writer may be stuck in the channel, and whoever calls here must not be.
            CompletableFuture.runAsync(() -> {
                onFailure.accept(new IOException("the server does not read what is sent to it"));
                close();
            });
            return;
        }
        if (pending.length < length + count) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, length + count));
        }
        System.arraycopy(message, 0, pending, length, count);
        length += count;
        lock.notifyAll();
    }

    /** Sends what is queued and then closes the channel. Any thread; returns at once. */
    public void finish() {
        synchronized (lock) {
            finishing = true;
            lock.notifyAll();
        }
    }

    private void run() {
        byte[] spare = new byte[4 << 10];
        ByteBuffer sending = ByteBuffer.wrap(spare);
        @Nullable IOException failure = null;
        try {
            while (true) {
                int count;
                synchronized (lock) {
                    while (length == 0 && !finishing && !failed) {
                        lock.wait();
                    }
                    if (failed || length == 0) {
                        break;
                    }
                    byte[] full = pending;
                    count = length;
                    pending = spare;
                    length = 0;
                    lastMove = -1;
                    spare = full;
                }
                if (sending.array() != spare) {
                    sending = ByteBuffer.wrap(spare);
                }
                sending.limit(count).position(0);
                while (sending.hasRemaining()) {
                    channel.write(sending);
                }
                if (spare.length > MAX_KEPT) {
                    spare = new byte[4 << 10];
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean told;
        synchronized (lock) {
            told = failed;
            failed = true;
            length = 0;
        }
        if (failure != null && !told) {
            onFailure.accept(failure);
        }
        close();
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing more can be said to this server either way.
        }
    }
}
