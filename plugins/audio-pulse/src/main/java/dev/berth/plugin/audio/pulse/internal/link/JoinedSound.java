/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.audio.GuestStream;
import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.AudioException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.flow.Playout;
import dev.berth.plugin.audio.pulse.internal.flow.PlayoutBuffer;
import dev.berth.plugin.audio.pulse.internal.host.SoundHost;
import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sound of one session. */
public final class JoinedSound implements AudioStream {

    private static final Logger LOG = LoggerFactory.getLogger(JoinedSound.class);
    private static final int LOOK_MILLIS = 500;

    private final PlayoutBuffer buffer;
    private final Playout playout;
    private final GuestLink guest;
    private final List<SoundHost> hosts;
    private final OutputKeeper outputs;
    private final Microphone microphone;
    private final Mixer mixer;
    private final Semaphore kicks = new Semaphore(0);
    private final Thread keeper;
    private volatile boolean microphoneOn;
    private volatile double volume = 1;
    private volatile boolean muted;
    private volatile boolean over;

    private JoinedSound(
            Endpoint endpoint, AudioSettings settings, Function<Runnable, List<SoundHost>> hostsOf, TaskContext context)
            throws AudioException, InterruptedException {
        int target = (int) (settings.targetLatency().toNanos() * PcmFormat.RATE / 1_000_000_000L);
        buffer = new PlayoutBuffer(target);
        guest = GuestLink.open(endpoint, frames -> buffer.offer(frames, System.nanoTime()), kicks::release, context);
        mixer = new Mixer(guest);
        hosts = hostsOf.apply(kicks::release);
        playout = new Playout("play", buffer, kicks::release);
        outputs = new OutputKeeper(hosts, playout, settings.outputDevice());
        microphone = new Microphone(hosts, guest, settings.inputDevice(), target, kicks::release);
        microphoneOn = settings.microphone();
        keeper = new Thread(this::keep, "berth-audio-devices");
        keeper.setDaemon(true);
    }

    /**
     * Joins; returns once the guest's server has answered.
     *
     * @param hosts makes the ways to this host's devices, best first, from what to run when devices changed
     */
    public static JoinedSound open(
            Endpoint endpoint, AudioSettings settings, Function<Runnable, List<SoundHost>> hosts, TaskContext context)
            throws AudioException, InterruptedException {
        JoinedSound sound = new JoinedSound(endpoint, settings, hosts, context);
        sound.keeper.start();
        return sound;
    }

    private void keep() {
        while (!over) {
            try {
                outputs.look();
                microphone.look(microphoneOn);
                mixer.rest();
                kicks.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                kicks.drainPermits();
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                // A driver's fault; the next look may find it mended.
                LOG.warn("Looking after sound devices failed", e);
                pause();
            }
        }
        microphone.close();
        hosts.forEach(SoundHost::close);
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            over = true;
        }
    }

    @Override
    public void volume(double volume) {
        this.volume = Math.max(0, Math.min(1, volume));
        applyGain();
    }

    @Override
    public void mute(boolean muted) {
        this.muted = muted;
        applyGain();
    }

    /** Loudness is felt in ratios: the cube comes close, and is what PulseAudio's own sliders do. */
    private void applyGain() {
        double level = volume;
        buffer.gain(muted ? 0 : (float) (level * level * level));
    }

    @Override
    public void microphone(boolean on) {
        microphoneOn = on;
        kicks.release();
    }

    @Override
    public double level() {
        return buffer.peak();
    }

    @Override
    public List<GuestStream> streams() throws AudioException, InterruptedException {
        return mixer.streams();
    }

    @Override
    public void streamVolume(long id, double volume) throws AudioException, InterruptedException {
        mixer.volume(id, Math.max(0, Math.min(1, volume)));
    }

    @Override
    public void streamMute(long id, boolean muted) throws AudioException, InterruptedException {
        mixer.mute(id, muted);
    }

    @Override
    public AudioStatistics statistics() {
        return new AudioStatistics(
                playout.line().device(),
                buffer.underruns() + playout.dry(),
                buffer.dropped(),
                buffer.driftPpm(),
                Duration.ofNanos((long) (buffer.latencyFrames() * 1e9 / PcmFormat.RATE)));
    }

    @Override
    public void close() {
        over = true;
        keeper.interrupt();
        playout.close();
        guest.close();
    }
}
