/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a server has: sinks, sources, and the streams of applications. Names come from the server and may be anything. */
public final class Introspection {

    /** Unchanged volume. */
    public static final long NORMAL = 0x10000;

    private static final int MAX_ENTRIES = 4_096;
    private static final long MAX_VOLUME = 0x7fff_ffffL;

    private final PulseConnection connection;

    /** Asks over a connection. */
    public Introspection(PulseConnection connection) {
        this.connection = connection;
    }

    /**
     * A sink or a source.
     *
     * @param monitor whether it is what a sink plays rather than a device that hears
     */
    public record Device(long index, String name, String description, boolean monitor) {}

    /**
     * What an application plays.
     *
     * @param volume {@link #NORMAL} is unchanged
     */
    public record SinkInput(
            long index, String application, String title, long sink, int channels, long volume, boolean muted) {}

    /** The names of the default sink and source; empty for none. */
    public record Defaults(String sink, String source) {}

    /** The server's defaults. */
    public Defaults defaults() throws IOException, InterruptedException {
        TagReader in = connection.ask(Command.GET_SERVER_INFO, new TagWriter());
        // Package, version, user, host, sample specification.
        in.skip(5);
        return new Defaults(in.string(), in.string());
    }

    /** What plays. */
    public List<Device> sinks() throws IOException, InterruptedException {
        return devices(connection.ask(Command.GET_SINK_INFO_LIST, new TagWriter()), false);
    }

    /** What hears, monitors of sinks among them. */
    public List<Device> sources() throws IOException, InterruptedException {
        return devices(connection.ask(Command.GET_SOURCE_INFO_LIST, new TagWriter()), true);
    }

    private List<Device> devices(TagReader in, boolean sources) throws IOException {
        List<Device> devices = new ArrayList<>();
        while (in.more()) {
            check(devices);
            long index = in.u32();
            String name = in.string();
            String description = in.string();
            // Specification, map, module, volume, mute.
            in.skip(5);
            long monitor = in.u32();
            // Name of the monitor, latency, driver, flags, properties, configured latency, base volume, state, steps,
            // card.
            in.skip(10);
            long ports = in.u32();
            for (long i = 0; i < ports; i++) {
                // Name, description, priority, availability; from version 34 on also group and type.
                in.skip(4);
                if (connection.version() >= 34) {
                    in.skip(2);
                }
            }
            in.skip(1);
            in.skip(in.u8());
            devices.add(new Device(index, name, description, sources && monitor != 0xffff_ffffL));
        }
        return devices;
    }

    /** What applications play, now. */
    public List<SinkInput> sinkInputs() throws IOException, InterruptedException {
        TagReader in = connection.ask(Command.GET_SINK_INPUT_INFO_LIST, new TagWriter());
        List<SinkInput> inputs = new ArrayList<>();
        while (in.more()) {
            check(inputs);
            long index = in.u32();
            String title = in.string();
            in.skip(2);
            long sink = in.u32();
            in.skip(2);
            TagReader.ChannelVolume volume = in.volume();
            // Two latencies, resampler, driver.
            in.skip(4);
            boolean muted = in.bool();
            Map<String, String> properties = in.properties();
            // Corked, has a volume, which can be set, format.
            in.skip(4);
            String application = properties.getOrDefault("application.name", title);
            inputs.add(new SinkInput(index, application, title, sink, volume.channels(), volume.loudest(), muted));
        }
        return inputs;
    }

    private static void check(List<?> entries) throws ProtocolException {
        if (entries.size() == MAX_ENTRIES) {
            throw new ProtocolException("more than " + MAX_ENTRIES + " entries");
        }
    }

    /** Sets how loud an application's stream is. */
    public void volume(SinkInput input, long volume) throws IOException, InterruptedException {
        connection.ask(
                Command.SET_SINK_INPUT_VOLUME,
                new TagWriter().u32(input.index()).volume(input.channels(), Math.max(0, Math.min(MAX_VOLUME, volume))));
    }

    /** Silences an application's stream. */
    public void mute(SinkInput input, boolean muted) throws IOException, InterruptedException {
        connection.ask(
                Command.SET_SINK_INPUT_MUTE, new TagWriter().u32(input.index()).bool(muted));
    }

    /** Whether there is a sink of that name. */
    public boolean hasSink(String name) throws IOException, InterruptedException {
        try {
            connection.ask(Command.LOOKUP_SINK, new TagWriter().string(name));
            return true;
        } catch (RefusedException e) {
            if (e.code() == RefusedException.NO_ENTITY) {
                return false;
            }
            throw e;
        }
    }

    /** Loads a module of the server. */
    public void load(String module, String arguments) throws IOException, InterruptedException {
        connection.ask(Command.LOAD_MODULE, new TagWriter().string(module).string(arguments));
    }

    /** Sets what applications play to and hear from unless told otherwise. */
    public void defaults(String sink, String source) throws IOException, InterruptedException {
        connection.ask(Command.SET_DEFAULT_SINK, new TagWriter().string(sink));
        connection.ask(Command.SET_DEFAULT_SOURCE, new TagWriter().string(source));
    }
}
