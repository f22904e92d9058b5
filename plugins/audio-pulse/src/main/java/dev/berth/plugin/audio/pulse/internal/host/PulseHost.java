/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.host;

import dev.berth.plugin.audio.pulse.internal.flow.OutLine;
import dev.berth.plugin.audio.pulse.internal.wire.Introspection;
import dev.berth.plugin.audio.pulse.internal.wire.PlaybackStream;
import dev.berth.plugin.audio.pulse.internal.wire.PulseConnection;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Devices through this host's own PulseAudio or PipeWire, where there is one: it mixes, moves streams when its default
 * changes, and tells of devices that come and go at once.
 */
public final class PulseHost implements SoundHost {

    private final PulseServer server;
    private final Runnable changed;
    private @Nullable PulseConnection connection;

    /**
     * Looks for nothing yet.
     *
     * @param changed called when devices may have changed, on a thread that must not wait
     */
    public PulseHost(PulseServer server, Runnable changed) {
        this.server = server;
        this.changed = changed;
    }

    @Override
    public boolean present() throws InterruptedException {
        try {
            connection();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private PulseConnection connection() throws IOException, InterruptedException {
        PulseConnection known = connection;
        if (known != null && known.isOpen()) {
            return known;
        }
        IOException last = new IOException("there is no sound server");
        for (PulseServer.Address address : server.addresses()) {
            try {
                ByteChannel channel = address.open();
                PulseConnection fresh = PulseConnection.open(channel, server.cookie(), "host", new Changes());
                connection = fresh;
                return fresh;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private final class Changes implements PulseConnection.Listener {
        @Override
        public void changed() {
            changed.run();
        }

        @Override
        public void lost() {
            changed.run();
        }
    }

    @Override
    public List<String> outputs() throws IOException, InterruptedException {
        return new Introspection(connection())
                .sinks().stream().map(Introspection.Device::description).toList();
    }

    @Override
    public List<String> inputs() throws IOException, InterruptedException {
        return new Introspection(connection())
                .sources().stream()
                        .filter(device -> !device.monitor())
                        .map(Introspection.Device::description)
                        .toList();
    }

    @Override
    public OutLine openOutput(String device) throws IOException, InterruptedException {
        PulseConnection open = connection();
        Introspection about = new Introspection(open);
        String sink = device.isEmpty() ? about.defaults().sink() : name(about.sinks(), device);
        if (sink.isEmpty()) {
            throw new IOException("the sound server has no device to play");
        }
        // The default is followed by name: the server moves streams that did not ask for a sink of their own.
        PlaybackStream stream = PlaybackStream.open(open, device.isEmpty() ? "" : sink, "Desktop", DEPTH_MILLIS);
        return new PulseOutLine(stream, device.isEmpty() ? description(about.sinks(), sink) : device);
    }

    @Override
    public Capture openInput(String device, RecordStream.Taker taker) throws IOException, InterruptedException {
        PulseConnection open = connection();
        Introspection about = new Introspection(open);
        String source = device.isEmpty() ? about.defaults().source() : name(about.sources(), device);
        if (source.isEmpty()) {
            throw new IOException("the sound server has no microphone");
        }
        RecordStream stream = RecordStream.open(open, device.isEmpty() ? "" : source, "Desktop", 5, taker);
        return new PulseCapture(stream, device.isEmpty() ? description(about.sources(), source) : device);
    }

    private static String name(List<Introspection.Device> devices, String wanted) throws IOException {
        return devices.stream()
                .filter(device ->
                        device.description().equals(wanted) || device.name().equals(wanted))
                .findFirst()
                .map(Introspection.Device::name)
                .orElseThrow(() -> new IOException("no device named " + wanted));
    }

    private static String description(List<Introspection.Device> devices, String name) {
        Optional<Introspection.Device> found =
                devices.stream().filter(device -> device.name().equals(name)).findFirst();
        return found.map(Introspection.Device::description).orElse(name);
    }

    @Override
    public void close() {
        PulseConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    private record PulseCapture(RecordStream stream, String device) implements Capture {
        @Override
        public boolean alive() {
            return stream.alive();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
