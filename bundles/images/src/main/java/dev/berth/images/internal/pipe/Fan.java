/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.pipe;

import dev.berth.images.tar.ChunkSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is written into it to several consumers, each on a thread of its own. The bytes are copied once. A slow
 * consumer slows the writer down; memory is bounded. One thread writes.
 */
public final class Fan implements AutoCloseable {

    /** Takes a stream to its end, or to where it has seen enough. */
    @FunctionalInterface
    public interface Consumer {

        /** Called on the consumer's own thread. Whatever it throws ends the fan. */
        void consume(ChunkSource source) throws Exception;
    }

    private static final int CHUNK_BYTES = 256 << 10;
    private static final int CHUNKS = 24;
    private static final Chunk END = new Chunk(ByteBuffer.allocate(0));
    /** Buffers of fans that ended, since a direct buffer is dear to make. */
    private static final BlockingQueue<ByteBuffer> SPARE = new ArrayBlockingQueue<>(4 * CHUNKS);

    private final BlockingQueue<Chunk> free = new LinkedBlockingQueue<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private @Nullable Chunk filling;
    private boolean ended;

    /** Starts the consumers. */
    public Fan(String name, List<Consumer> consumers) {
        for (int i = 0; i < CHUNKS; i++) {
            ByteBuffer spare = SPARE.poll();
            free.add(new Chunk(spare != null ? spare : ByteBuffer.allocateDirect(CHUNK_BYTES)));
        }
        for (int i = 0; i < consumers.size(); i++) {
            Lane lane = new Lane(consumers.get(i), "berth-" + name + "-" + i);
            lanes.add(lane);
        }
        lanes.forEach(lane -> lane.thread.start());
    }

    /**
     * Gives bytes to all consumers.
     *
     * @throws IOException if a consumer failed; {@link #finish} or {@link #failure} tells why
     */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            ByteBuffer buffer = room();
            int n = Math.min(left, buffer.remaining());
            buffer.put(bytes, at, n);
            at += n;
            left -= n;
            flushIfFull();
        }
    }

    /** Gives bytes to all consumers. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            ByteBuffer buffer = room();
            int n = Math.min(bytes.remaining(), buffer.remaining());
            ByteBuffer slice = bytes.slice(bytes.position(), n);
            buffer.put(slice);
            bytes.position(bytes.position() + n);
            flushIfFull();
        }
    }

    private ByteBuffer room() throws IOException {
        Throwable broken = failure.get();
        if (broken != null) {
            throw new IOException("the layer cannot be kept: " + broken.getMessage(), broken);
        }
        if (ended) {
            throw new IOException("the stream has ended");
        }
        Chunk chunk = filling;
        if (chunk == null) {
            try {
                chunk = free.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("cancelled");
            }
            chunk.buffer.clear();
            filling = chunk;
        }
        return chunk.buffer;
    }

    private void flushIfFull() {
        if (filling != null && !filling.buffer.hasRemaining()) {
            flush();
        }
    }

    private void flush() {
        Chunk chunk = filling;
        filling = null;
        if (chunk != null) {
            chunk.buffer.flip();
            chunk.users.set(lanes.size());
            lanes.forEach(lane -> lane.queue.add(chunk));
        }
    }

    /** What ended a consumer, if one failed. */
    public @Nullable Throwable failure() {
        return failure.get();
    }

    /**
     * Ends the stream and waits for all consumers.
     *
     * @return what the first failing consumer threw; null if all ended well
     */
    public @Nullable Throwable finish() throws InterruptedException {
        if (!ended) {
            flush();
            ended = true;
            lanes.forEach(lane -> lane.queue.add(END));
        }
        for (Lane lane : lanes) {
            lane.thread.join();
        }
        return failure.get();
    }

    /** Stops the consumers if they still run, and waits for them. Idempotent. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            failure.compareAndSet(null, new InterruptedIOException("closed"));
            lanes.forEach(lane -> {
                lane.queue.add(END);
                lane.thread.interrupt();
            });
        }
        boolean interrupted = false;
        for (Lane lane : lanes) {
            while (lane.thread.isAlive()) {
                try {
                    lane.thread.interrupt();
                    lane.thread.join(100);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        free.forEach(chunk -> SPARE.offer(chunk.buffer));
        free.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Chunk {
        final ByteBuffer buffer;
        final AtomicInteger users = new AtomicInteger();

        Chunk(ByteBuffer buffer) {
            this.buffer = buffer;
        }
    }

    /** A consumer with its thread. */
    private final class Lane {
        final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
        final Thread thread;
        private final Consumer consumer;
        private @Nullable Chunk current;
        private boolean atEnd;

        Lane(Consumer consumer, String name) {
            this.consumer = consumer;
            thread = new Thread(this::run, name);
            thread.setDaemon(true);
        }

        private void run() {
            try {
                consumer.consume(this::next);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
            // The writer must never wait for a consumer that has ended.
            while (!atEnd) {
                try {
                    next();
                } catch (InterruptedException e) {
                    // Goes on to the end mark, which close() has put there.
                }
            }
        }

        private @Nullable ByteBuffer next() throws InterruptedException {
            Chunk done = current;
            current = null;
            if (done != null && done.users.decrementAndGet() == 0) {
                free.add(done);
            }
            if (atEnd) {
                return null;
            }
            Chunk chunk = queue.take();
            if (chunk == END) {
                atEnd = true;
                return null;
            }
            current = chunk;
            return chunk.buffer.duplicate();
        }
    }
}
