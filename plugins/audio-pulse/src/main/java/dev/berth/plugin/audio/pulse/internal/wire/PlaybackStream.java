/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Sound that a server plays. It asks for as much as it has played, and that is its clock. */
public final class PlaybackStream implements AutoCloseable {

    private static final long ANY = 0xffff_ffffL;
    /** What the server passes on, and asks for, at once. */
    private static final int BLOCK = PcmFormat.frames(5);

    private static final int MAX_FRAMES = PcmFormat.frames(2_000);

    private final PulseConnection connection;
    private final int channel;
    private final int capacity;
    private final AtomicLong requestedFrames = new AtomicLong();
    private final AtomicLong underflows = new AtomicLong();
    private volatile boolean alive = true;

    private PlaybackStream(PulseConnection connection, int channel, int capacity, long missing) {
        this.connection = connection;
        this.channel = channel;
        this.capacity = capacity;
        requestedFrames.set(missing);
    }

    /**
     * Begins to play as soon as the server has a block.
     *
     * @param sink a sink's name; empty for the default, which the server may change later
     * @param millis how much the server can hold beside what its device does
     */
    public static PlaybackStream open(PulseConnection connection, String sink, String title, int millis)
            throws IOException, InterruptedException {
        long target = (long) PcmFormat.frames(millis) * PcmFormat.FRAME;
        TagReader reply = connection.ask(
                Command.CREATE_PLAYBACK_STREAM,
                new TagWriter()
                        .sampleSpec()
                        .channelMap()
                        .u32(ANY)
                        .nameOrNone(sink)
                        .u32((long) MAX_FRAMES * PcmFormat.FRAME)
                        .bool(false)
                        .u32(target)
                        .u32((long) BLOCK * PcmFormat.FRAME)
                        .u32((long) BLOCK * PcmFormat.FRAME)
                        // Streams of one number would have to stay on one sink.
                        .u32(connection.nextSync())
                        .volume(PcmFormat.CHANNELS, 0x10000)
                        // no_remap to variable_rate, muted; adjust_latency
                        .no(8)
                        .bool(true)
                        .properties(Map.of("media.name", title))
                        .bool(false)
                        // early_requests: told of what was played as soon as it was
                        .bool(true)
                        .no(5)
                        .u8(0));
        int channel = (int) reply.u32();
        reply.u32();
        long missing = reply.u32() / PcmFormat.FRAME;
        reply.u32();
        long granted = reply.u32() / PcmFormat.FRAME;
        if (granted < 1 || granted > MAX_FRAMES || missing > MAX_FRAMES) {
            throw new ProtocolException("a buffer of " + granted + " frames");
        }
        PlaybackStream stream = new PlaybackStream(connection, channel, (int) granted, missing);
        connection.add(stream);
        return stream;
    }

    int channel() {
        return channel;
    }

    void requested(long bytes) {
        requestedFrames.addAndGet(bytes / PcmFormat.FRAME);
    }

    void underflowed() {
        underflows.incrementAndGet();
    }

    void killed() {
        alive = false;
    }

    /** Whether the server still has it, where it was opened. */
    public boolean alive() {
        return alive;
    }

    /** Frames that the server holds when it is full. */
    public int capacity() {
        return capacity;
    }

    /** Frames that left the server's buffer for its device, from the start. */
    public long played() {
        return Math.max(0, requestedFrames.get() - capacity);
    }

    /** How often the server ran dry. */
    public long underflows() {
        return underflows.get();
    }

    /** Sends whole frames. */
    public void write(byte[] sound, int offset, int length) throws IOException {
        connection.send(channel, sound, offset, length);
    }

    /** Ends it; needs the connection's answer, so not on its reading thread. */
    @Override
    public void close() {
        connection.remove(this);
        alive = false;
        Streams.delete(connection, Command.DELETE_PLAYBACK_STREAM, channel);
    }
}
