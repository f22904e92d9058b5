/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a sound server. One thread of its own reads; any thread asks and writes. Memory is never shared with
 * the server: all sound travels inline.
 */
public final class PulseConnection implements AutoCloseable {

    /** Hears what the server tells unasked, on the reading thread; must not ask anything from there. */
    public interface Listener {
        /** Something appeared, changed or went: a sink, a stream, the server's defaults. */
        void changed();

        /** The connection ended; called once. */
        void lost();
    }

    private static final Logger LOG = LoggerFactory.getLogger(PulseConnection.class);
    private static final int VERSION = 35;
    /** Version 32 is PulseAudio 12, of 2018: what is older has other messages. */
    private static final int OLDEST = 32;

    private static final int DESCRIPTOR = 20;
    private static final int CONTROL = -1;
    /** Lists of streams with their properties stay far below; PulseAudio itself allows 16 MiB. */
    private static final int MAX_CONTROL = 1 << 20;

    private static final int MAX_SOUND = 1 << 20;
    private static final long ANSWER_SECONDS = 10;
    private static final int EVERYTHING = 0x2ff;

    private final ByteChannel channel;
    private final Listener listener;
    private final Map<Integer, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private final Map<Integer, RecordStream> recording = new ConcurrentHashMap<>();
    private final Map<Integer, PlaybackStream> playing = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread reader;
    private final AtomicInteger nextSync = new AtomicInteger();
    private int nextTag;
    private volatile int version = VERSION;

    private PulseConnection(ByteChannel channel, String name, Listener listener) {
        this.channel = channel;
        this.listener = listener;
        reader = new Thread(this::readAll, "berth-audio-" + name);
        reader.setDaemon(true);
    }

    /**
     * Shakes hands over a channel, which is the connection's from then on, also when this fails.
     *
     * @param cookie 256 bytes that prove a right to the server; zeros where its user id or its settings do
     */
    public static PulseConnection open(ByteChannel channel, byte[] cookie, String name, Listener listener)
            throws IOException, InterruptedException {
        PulseConnection connection = new PulseConnection(channel, name, listener);
        boolean done = false;
        try {
            connection.reader.start();
            connection.shakeHands(cookie);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private void shakeHands(byte[] cookie) throws IOException, InterruptedException {
        // The high bits of the version would offer shared memory.
        long theirs = ask(Command.AUTH, new TagWriter().u32(VERSION).arbitrary(cookie))
                        .u32()
                & 0xffff;
        if (theirs < OLDEST) {
            throw new ProtocolException("protocol version " + theirs + " is too old");
        }
        version = (int) Math.min(VERSION, theirs);
        ask(
                Command.SET_CLIENT_NAME,
                new TagWriter().properties(Map.of("application.name", "Berth", "application.id", "dev.berth")));
        ask(Command.SUBSCRIBE, new TagWriter().u32(EVERYTHING));
    }

    /** The version of the protocol that both sides speak. */
    int version() {
        return version;
    }

    /** A number that no other stream of this connection has. */
    int nextSync() {
        return nextSync.getAndIncrement();
    }

    /** Asks and waits for the answer. */
    TagReader ask(int command, TagWriter arguments) throws IOException, InterruptedException {
        if (Thread.currentThread() == reader) {
            throw new IllegalStateException("asked from the reading thread");
        }
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        int tag;
        writing.lock();
        try {
            tag = nextTag++;
            waiting.put(tag, answer);
            if (over.get()) {
                throw new EOFException("the connection to the sound server ended");
            }
            byte[] head = new TagWriter().u32(command).u32(tag).toBytes();
            byte[] body = arguments.toBytes();
            out.clear();
            descriptor(head.length + body.length, CONTROL);
            out.put(head);
            if (body.length > out.remaining()) {
                throw new IllegalArgumentException("a request of " + body.length + " bytes");
            }
            out.put(body);
            flush();
        } finally {
            writing.unlock();
        }
        try {
            byte[] bytes = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return new TagReader().over(bytes, bytes.length);
        } catch (TimeoutException e) {
            throw new IOException("the sound server does not answer", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RefusedException refused
                    ? new RefusedException(refused.code())
                    : new IOException("the connection to the sound server ended", e.getCause());
        } finally {
            waiting.remove(tag);
        }
    }

    /** Sends sound. Blocks only when the server reads nothing at all. */
    void send(int stream, byte[] sound, int offset, int length) throws IOException {
        writing.lock();
        try {
            int at = offset;
            int left = length;
            while (left > 0) {
                out.clear();
                int part = Math.min(left, out.remaining() - DESCRIPTOR) / PcmFormat.FRAME * PcmFormat.FRAME;
                descriptor(part, stream);
                out.put(sound, at, part);
                flush();
                at += part;
                left -= part;
            }
        } finally {
            writing.unlock();
        }
    }

    private void descriptor(int length, int stream) {
        out.putInt(length).putInt(stream).putInt(0).putInt(0).putInt(0);
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    void add(RecordStream stream) {
        recording.put(stream.channel(), stream);
    }

    void add(PlaybackStream stream) {
        playing.put(stream.channel(), stream);
    }

    void remove(RecordStream stream) {
        recording.remove(stream.channel(), stream);
    }

    void remove(PlaybackStream stream) {
        playing.remove(stream.channel(), stream);
    }

    /** Whether it still stands. */
    public boolean isOpen() {
        return !over.get();
    }

    // ---- reading

    private void readAll() {
        @Nullable IOException cause = null;
        Urgency.ask();
        try {
            ByteBuffer head = ByteBuffer.allocateDirect(DESCRIPTOR);
            ByteBuffer sound = ByteBuffer.allocateDirect(64 << 10);
            Packet packet = new Packet();
            Pace pace = new Pace();
            while (!over.get()) {
                fill(head, DESCRIPTOR);
                int length = head.getInt();
                int stream = head.getInt();
                head.getLong();
                int flags = head.getInt();
                pace.pass(length);
                if ((flags & 0xffffff00) != 0) {
                    throw new ProtocolException("shared memory that was not asked for");
                }
                if (stream == CONTROL) {
                    control(packet, length, sound);
                } else {
                    sound(stream, length, sound);
                }
            }
        } catch (IOException e) {
            cause = e;
        } catch (RuntimeException e) {
            LOG.warn("Reading from a sound server failed", e);
            cause = new IOException(e);
        }
        end(cause == null ? new EOFException("closed") : cause);
    }

    private void fill(ByteBuffer buffer, int length) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the sound server closed the connection");
            }
        }
        buffer.flip();
    }

    private void control(Packet packet, int length, ByteBuffer via) throws IOException {
        if (length < 10 || length > MAX_CONTROL) {
            throw new ProtocolException("a message of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] bytes = packet.bytes(length);
        for (int at = 0; at < length; ) {
            int part = Math.min(length - at, via.capacity());
            fill(via, part);
            via.get(bytes, at, part);
            at += part;
        }
        dispatch(packet.reader.over(bytes, length));
    }

    private void dispatch(TagReader message) throws IOException {
        int command = (int) message.u32();
        int tag = (int) message.u32();
        switch (command) {
            case Command.REPLY -> {
                CompletableFuture<byte[]> answer = waiting.remove(tag);
                if (answer != null) {
                    answer.complete(message.rest());
                }
            }
            case Command.ERROR -> {
                CompletableFuture<byte[]> answer = waiting.remove(tag);
                if (answer != null) {
                    answer.completeExceptionally(new RefusedException(message.u32()));
                }
            }
            case Command.REQUEST -> {
                PlaybackStream stream = playing.get((int) message.u32());
                long bytes = message.u32();
                if (stream != null) {
                    stream.requested(bytes);
                }
            }
            case Command.UNDERFLOW -> {
                PlaybackStream stream = playing.get((int) message.u32());
                if (stream != null) {
                    stream.underflowed();
                }
            }
            // One that was moved to another device is given up as well: whoever keeps it chooses anew.
            case Command.PLAYBACK_STREAM_KILLED, Command.PLAYBACK_STREAM_MOVED -> {
                PlaybackStream stream = playing.get((int) message.u32());
                if (stream != null) {
                    stream.killed();
                    listener.changed();
                }
            }
            case Command.RECORD_STREAM_KILLED, Command.RECORD_STREAM_MOVED -> {
                RecordStream stream = recording.get((int) message.u32());
                if (stream != null) {
                    stream.killed();
                    listener.changed();
                }
            }
            case Command.SUBSCRIBE_EVENT -> listener.changed();
            default -> {
                // Newer servers tell more than there is use for here.
            }
        }
    }

    private void sound(int stream, int length, ByteBuffer via) throws IOException {
        if (length <= 0 || length > MAX_SOUND || length % PcmFormat.FRAME != 0) {
            throw new ProtocolException("a block of " + Integer.toUnsignedString(length) + " bytes");
        }
        // One that is being deleted may still get some.
        RecordStream target = recording.get(stream);
        for (int left = length; left > 0; ) {
            int part = Math.min(left, via.capacity());
            fill(via, part);
            if (target != null) {
                target.sound(via);
            }
            left -= part;
        }
    }

    private void end(IOException cause) {
        boolean first = over.compareAndSet(false, true);
        closeChannel();
        playing.values().forEach(PlaybackStream::killed);
        recording.values().forEach(RecordStream::killed);
        // A request that came in between sees that it is over, under the lock.
        writing.lock();
        try {
            waiting.values().forEach(answer -> answer.completeExceptionally(cause));
        } finally {
            writing.unlock();
        }
        if (first) {
            LOG.debug("The connection to a sound server ended: {}", cause.toString());
            listener.lost();
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing the channel to a sound server failed", e);
        }
    }

    /** Ends it; {@link Listener#lost} is not called then. Idempotent. */
    @Override
    public void close() {
        over.set(true);
        closeChannel();
    }

    /** Holds one message after the other, so that steady traffic makes no garbage. */
    private static final class Packet {
        final TagReader reader = new TagReader();
        private byte[] bytes = new byte[256];

        byte[] bytes(int length) {
            if (bytes.length < length) {
                bytes = new byte[length];
            }
            return bytes;
        }
    }
}
