/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import dev.berth.api.audio.GuestStream;
import dev.berth.api.error.AudioException;
import dev.berth.plugin.audio.pulse.internal.wire.Introspection;
import dev.berth.plugin.audio.pulse.internal.wire.PulseConnection;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import dev.berth.plugin.audio.pulse.internal.wire.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of a guest's applications: who plays, how loud, and how loud it shall be. */
final class Mixer {

    private static final Logger LOG = LoggerFactory.getLogger(Mixer.class);
    /** Nobody looks any more: measuring costs the guest something. */
    private static final long IDLE_NANOS = 3_000_000_000L;
    /** More are listed, but their levels are not measured. */
    private static final int MOST_METERS = 32;

    private final GuestLink guest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Meter> meters = new HashMap<>();
    private @Nullable PulseConnection measured;
    private volatile long asked;

    Mixer(GuestLink guest) {
        this.guest = guest;
    }

    /** How loud one stream is. */
    private static final class Meter {
        private @Nullable RecordStream stream;
        private volatile int peak;

        /** Runs on the connection's reading thread. */
        void take(ByteBuffer frames) {
            int loudest = 0;
            for (int at = frames.position(); at + 1 < frames.limit(); at += 2) {
                loudest = Math.max(loudest, Math.abs((short) (frames.get(at) & 0xff | frames.get(at + 1) << 8)));
            }
            peak = loudest;
        }

        double level() {
            return Math.min(1, peak / 32_767.0);
        }
    }

    List<GuestStream> streams() throws AudioException, InterruptedException {
        asked = System.nanoTime();
        lock.lockInterruptibly();
        try {
            PulseConnection open = guest.connection().orElse(null);
            if (open != measured) {
                meters.clear();
                measured = open;
            }
            return open == null ? List.of() : streams(open);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private List<GuestStream> streams(PulseConnection open) throws IOException, InterruptedException {
        Introspection about = new Introspection(open);
        // What plays to the microphone's sink is the host's voice, not an application.
        Optional<Introspection.Device> sink = about.sinks().stream()
                .filter(device -> device.name().equals(GuestLink.SINK))
                .findFirst();
        List<GuestStream> streams = new ArrayList<>();
        for (Introspection.SinkInput input : about.sinkInputs()) {
            if (sink.isPresent() && sink.get().index() == input.sink()) {
                streams.add(new GuestStream(
                        input.index(),
                        input.application(),
                        input.title(),
                        (double) input.volume() / Introspection.NORMAL,
                        input.muted(),
                        meter(open, input).level()));
            }
        }
        Set<Long> there = streams.stream().map(GuestStream::id).collect(Collectors.toSet());
        // The server has ended the others with their streams.
        meters.keySet().retainAll(there);
        return streams;
    }

    private Meter meter(PulseConnection open, Introspection.SinkInput input) throws InterruptedException {
        Meter known = meters.get(input.index());
        if (known != null) {
            return known;
        }
        Meter fresh = new Meter();
        if (meters.size() < MOST_METERS) {
            try {
                fresh.stream = RecordStream.peaks(open, GuestLink.SINK + ".monitor", input, fresh::take);
            } catch (IOException e) {
                LOG.debug("The level of {} is not measured: {}", input.application(), e.toString());
            }
            meters.put(input.index(), fresh);
        }
        return fresh;
    }

    void volume(long id, double volume) throws AudioException, InterruptedException {
        change(id, (about, input) -> about.volume(input, Math.round(volume * Introspection.NORMAL)));
    }

    void mute(long id, boolean muted) throws AudioException, InterruptedException {
        change(id, (about, input) -> about.mute(input, muted));
    }

    private interface Change {
        void make(Introspection about, Introspection.SinkInput input) throws IOException, InterruptedException;
    }

    private void change(long id, Change change) throws AudioException, InterruptedException {
        PulseConnection open = guest.connection().orElse(null);
        if (open == null) {
            return;
        }
        try {
            Introspection about = new Introspection(open);
            for (Introspection.SinkInput input : about.sinkInputs()) {
                if (input.index() == id) {
                    change.make(about, input);
                }
            }
        } catch (RefusedException e) {
            if (e.code() != RefusedException.NO_ENTITY) {
                throw failed(e);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static AudioException failed(IOException cause) {
        return new AudioException("audio.streams", "The guest's sound server does not tell what plays.", cause);
    }

    /** Stops measuring when nobody has asked for a while. */
    void rest() {
        if (System.nanoTime() - asked < IDLE_NANOS || !lock.tryLock()) {
            return;
        }
        try {
            for (Meter meter : meters.values()) {
                if (meter.stream != null) {
                    meter.stream.close();
                }
            }
            meters.clear();
        } finally {
            lock.unlock();
        }
    }
}
