/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Sound that a server sends: from a microphone, or what a sink plays. */
public final class RecordStream implements AutoCloseable {

    /** Takes sound, on the connection's reading thread. */
    @FunctionalInterface
    public interface Taker {
        /** Takes what {@code frames} holds, whole sample frames in {@link PcmFormat}; valid during the call only. */
        void take(ByteBuffer frames);
    }

    private static final long ANY = 0xffff_ffffL;
    /** The server drops what we have not read after that: half a second. */
    private static final int MAX_WAITING = PcmFormat.frames(500) * PcmFormat.FRAME;

    private static final int PEAK_RATE = 20;

    private final PulseConnection connection;
    private final int channel;
    private final Taker taker;
    private volatile boolean alive = true;

    private RecordStream(PulseConnection connection, int channel, Taker taker) {
        this.connection = connection;
        this.channel = channel;
        this.taker = taker;
    }

    /**
     * Begins to record.
     *
     * @param source a source's name; empty for the default, which the server may change later
     * @param millis how much sound comes at once
     */
    public static RecordStream open(PulseConnection connection, String source, String title, int millis, Taker taker)
            throws IOException, InterruptedException {
        TagWriter request = new TagWriter()
                .sampleSpec()
                .channelMap()
                .u32(ANY)
                .nameOrNone(source)
                .u32(MAX_WAITING)
                .bool(false)
                .u32((long) PcmFormat.frames(millis) * PcmFormat.FRAME)
                // no_remap to variable_rate, peak_detect
                .no(8);
        return open(connection, request, title, ANY, taker);
    }

    /**
     * Begins to measure how loud an application's stream is: {@code taker} gets the loudest sample of each channel, some times a second.
     *
     * @param source the monitor of the sink that the stream plays to
     */
    public static RecordStream peaks(
            PulseConnection connection, String source, Introspection.SinkInput input, Taker taker)
            throws IOException, InterruptedException {
        TagWriter request = new TagWriter()
                .sampleSpec(PEAK_RATE)
                .channelMap()
                .u32(ANY)
                .nameOrNone(source)
                .u32(ANY)
                .bool(false)
                .u32(PcmFormat.FRAME)
                // no_remap to fix_channels; no_move; variable_rate; peak_detect
                .no(5)
                .bool(true)
                .bool(false)
                .bool(true);
        return open(connection, request, "Level", input.index(), taker);
    }

    private static RecordStream open(
            PulseConnection connection, TagWriter begun, String title, long directOn, Taker taker)
            throws IOException, InterruptedException {
        TagReader reply = connection.ask(
                Command.CREATE_RECORD_STREAM,
                // adjust_latency
                begun.bool(true)
                        .properties(Map.of("media.name", title))
                        .u32(directOn)
                        .no(3)
                        .u8(0)
                        .volume(PcmFormat.CHANNELS, 0x10000)
                        .no(5));
        RecordStream stream = new RecordStream(connection, (int) reply.u32(), taker);
        connection.add(stream);
        return stream;
    }

    int channel() {
        return channel;
    }

    void sound(ByteBuffer frames) {
        taker.take(frames);
    }

    void killed() {
        alive = false;
    }

    /** Whether the server still has it, where it was opened. */
    public boolean alive() {
        return alive;
    }

    /** Ends it; needs the connection's answer, so not on its reading thread. */
    @Override
    public void close() {
        connection.remove(this);
        alive = false;
        Streams.delete(connection, Command.DELETE_RECORD_STREAM, channel);
    }
}
