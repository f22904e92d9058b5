/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import dev.berth.plugin.audio.pulse.internal.flow.OutLine;
import dev.berth.plugin.audio.pulse.internal.flow.Playout;
import dev.berth.plugin.audio.pulse.internal.flow.PlayoutBuffer;
import dev.berth.plugin.audio.pulse.internal.host.PulseOutLine;
import dev.berth.plugin.audio.pulse.internal.host.SoundHost;
import dev.berth.plugin.audio.pulse.internal.wire.PlaybackStream;
import dev.berth.plugin.audio.pulse.internal.wire.PulseConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what a device of this host hears into a guest, while it is switched on. Off, no device is open. */
final class Microphone {

    private static final Logger LOG = LoggerFactory.getLogger(Microphone.class);

    private final List<SoundHost> hosts;
    private final GuestLink guest;
    private final String chosen;
    private final int targetFrames;
    private final Runnable lineFailed;
    private @Nullable Way way;

    Microphone(List<SoundHost> hosts, GuestLink guest, String chosen, int targetFrames, Runnable lineFailed) {
        this.hosts = hosts;
        this.guest = guest;
        this.chosen = chosen;
        this.targetFrames = targetFrames;
        this.lineFailed = lineFailed;
    }

    /** One switching-on: a buffer and who empties it. */
    private static final class Way {
        final PlayoutBuffer buffer;
        final Playout playout;
        SoundHost.@Nullable Capture capture;

        Way(int targetFrames, Runnable lineFailed) {
            buffer = new PlayoutBuffer(targetFrames);
            playout = new Playout("speak", buffer, lineFailed);
        }

        void take(ByteBuffer frames) {
            buffer.offer(frames, System.nanoTime());
        }

        void close() {
            if (capture != null) {
                capture.close();
            }
            playout.close();
        }
    }

    /** Looks whether something is to be changed. */
    void look(boolean on) throws InterruptedException {
        Way known = way;
        if (!on) {
            if (known != null) {
                known.close();
                way = null;
            }
            return;
        }
        if (known == null) {
            known = new Way(targetFrames, lineFailed);
            way = known;
        }
        OutLine line = known.playout.line();
        PulseConnection open = guest.connection().orElse(null);
        if (open != null && (line.device().isEmpty() || !line.alive())) {
            speakTo(open, known);
        }
        SoundHost.Capture capture = known.capture;
        if (capture == null || !capture.alive()) {
            hear(known);
        }
    }

    private static void speakTo(PulseConnection open, Way to) throws InterruptedException {
        try {
            to.playout.play(new PulseOutLine(
                    PlaybackStream.open(open, GuestLink.MICROPHONE, "Microphone", SoundHost.DEPTH_MILLIS), "guest"));
        } catch (IOException e) {
            LOG.debug("The guest takes no microphone yet: {}", e.toString());
        }
    }

    private void hear(Way by) throws InterruptedException {
        if (by.capture != null) {
            by.capture.close();
            by.capture = null;
        }
        for (int pass = chosen.isEmpty() ? 1 : 0; pass < 2; pass++) {
            for (SoundHost host : hosts) {
                try {
                    if (host.present()) {
                        by.capture = host.openInput(pass == 0 ? chosen : "", by::take);
                        LOG.debug("The microphone is {}", by.capture.device());
                        return;
                    }
                } catch (IOException e) {
                    LOG.debug("A microphone cannot be opened: {}", e.toString());
                }
            }
        }
    }

    /** Ends it. */
    void close() {
        Way known = way;
        way = null;
        if (known != null) {
            known.close();
        }
    }
}
