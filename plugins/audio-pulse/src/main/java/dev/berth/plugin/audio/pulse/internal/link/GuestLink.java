/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.AudioException;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.wire.Introspection;
import dev.berth.plugin.audio.pulse.internal.wire.PulseConnection;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import dev.berth.plugin.audio.pulse.internal.wire.RefusedException;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what a guest plays, and comes back whenever its sound server does. */
final class GuestLink implements AutoCloseable {

    /** What the guest's applications play to. */
    static final String SINK = "berth";
    /** A sink whose monitor the guest's applications hear as their microphone. */
    static final String MICROPHONE = "berth_mic";

    private static final Logger LOG = LoggerFactory.getLogger(GuestLink.class);
    /** Small enough to be quick, large enough that a busy machine keeps up. */
    private static final int FRAGMENT_MILLIS = 5;

    private static final int RETRY_MILLIS = 150;
    /** How often the guest's server is asked to take our devices as its defaults: some five seconds. */
    private static final int CHOICES = 33;
    /** Where nothing tells of a change, it is looked for. */
    private static final int LOOK_MILLIS = 1_000;

    private final Endpoint endpoint;
    private final RecordStream.Taker taker;
    private final Runnable changed;
    private final Semaphore kicks = new Semaphore(0);
    private final Thread keeper;
    private volatile @Nullable PulseConnection connection;
    private volatile boolean over;
    private @Nullable RecordStream recording;

    private GuestLink(Endpoint endpoint, RecordStream.Taker taker, Runnable changed) {
        this.endpoint = endpoint;
        this.taker = taker;
        this.changed = changed;
        keeper = new Thread(this::keep, "berth-audio-guest");
        keeper.setDaemon(true);
    }

    /**
     * Joins.
     *
     * @param changed called when the guest's streams or the connection changed, on a thread that must not wait
     * @throws AudioException if nothing answers, or not as a sound server does
     */
    static GuestLink open(Endpoint endpoint, RecordStream.Taker taker, Runnable changed, TaskContext context)
            throws AudioException, InterruptedException {
        GuestLink link = new GuestLink(endpoint, taker, changed);
        try {
            link.connect(context);
        } catch (IOException e) {
            link.drop();
            context.checkCancelled();
            throw new AudioException(
                    "audio.guest", "The sound server at " + endpoint.describe() + " did not answer as one.", e);
        } catch (AudioException e) {
            throw e;
        } catch (BerthException e) {
            throw new AudioException(e.code(), e.kind(), e.summary(), e.detail(), e.remedy(), e);
        }
        link.keeper.start();
        return link;
    }

    private void connect(TaskContext context) throws IOException, BerthException, InterruptedException {
        ByteChannel channel = endpoint.open(context);
        try (Registration cancel = context.onCancel(channel)) {
            // The session's folder is closed to others, so its server asks for no cookie.
            PulseConnection fresh = PulseConnection.open(channel, new byte[256], "guest", new Listener());
            connection = fresh;
            prepare(new Introspection(fresh));
            record(fresh);
        }
    }

    /** The start script makes the sinks; where another script started the server, they are made here. */
    private static void prepare(Introspection guest) throws IOException, InterruptedException {
        if (!guest.hasSink(SINK)) {
            load(guest, SINK, "Berth");
            load(guest, MICROPHONE, "Microphone");
            guest.load(
                    "module-remap-source",
                    "source_name=microphone master=" + MICROPHONE
                            + ".monitor source_properties=device.description=Microphone");
            choose(guest);
        }
    }

    /** PipeWire answers before its session manager is there, without which it has no default devices. */
    private static void choose(Introspection guest) throws IOException, InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                guest.defaults(SINK, "microphone");
                return;
            } catch (RefusedException e) {
                if (e.code() != RefusedException.NOT_SUPPORTED) {
                    throw e;
                }
                if (tries == CHOICES) {
                    LOG.warn("The guest's sound server has no default devices; applications must choose \"Berth\"", e);
                    return;
                }
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private static void load(Introspection guest, String sink, String description)
            throws IOException, InterruptedException {
        guest.load(
                "module-null-sink",
                "sink_name=" + sink
                        + " rate=48000 channels=2 format=s16le norewinds=1 sink_properties=device.description="
                        + description);
    }

    private void record(PulseConnection open) throws IOException, InterruptedException {
        recording = RecordStream.open(open, SINK + ".monitor", "Berth", FRAGMENT_MILLIS, taker);
    }

    private final class Listener implements PulseConnection.Listener {
        @Override
        public void changed() {
            changed.run();
            if (recording != null && !recording.alive()) {
                kicks.release();
            }
        }

        @Override
        public void lost() {
            kicks.release();
            changed.run();
        }
    }

    /** The connection to the guest while there is one. */
    Optional<PulseConnection> connection() {
        return Optional.ofNullable(connection).filter(PulseConnection::isOpen);
    }

    private void keep() {
        while (!over) {
            try {
                PulseConnection known = connection;
                RecordStream stream = recording;
                if (known != null && known.isOpen() && stream != null && stream.alive()) {
                    kicks.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    kicks.drainPermits();
                    continue;
                }
                again(known);
            } catch (InterruptedException e) {
                break;
            }
        }
        drop();
    }

    private void again(@Nullable PulseConnection known) throws InterruptedException {
        try {
            if (known != null && known.isOpen()) {
                prepare(new Introspection(known));
                record(known);
            } else {
                connect(TaskContext.silent());
            }
            LOG.debug("Joined the sound of {} again", endpoint.describe());
            changed.run();
        } catch (IOException | BerthException e) {
            LOG.debug("The sound server of {} does not answer yet: {}", endpoint.describe(), e.toString());
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private void drop() {
        PulseConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    /** Ends it; idempotent. */
    @Override
    public void close() {
        over = true;
        keeper.interrupt();
        drop();
    }
}
