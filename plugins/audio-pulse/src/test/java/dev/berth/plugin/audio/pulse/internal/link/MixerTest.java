/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static dev.berth.plugin.audio.pulse.internal.link.Listening.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.audio.GuestStream;
import dev.berth.api.error.AudioException;
import dev.berth.plugin.audio.pulse.internal.peer.PulseAudioProcess;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications of a real guest's server, listed, measured and changed. */
class MixerTest {

    /** The tone's height, of the largest sample. */
    private static final double LEVEL = 12_000 / 32_767.0;

    @TempDir
    Path folder;

    @Test
    void streamsAreListedMeasuredAndChanged() throws Exception {
        try (SoundServer guest = new PulseAudioProcess(folder.resolve("g"), SoundServer.GUEST);
                SoundServer host = new PulseAudioProcess(folder.resolve("h"), SoundServer.HOST)) {
            guest.start();
            host.start();
            // The microphone's own stream is no application.
            AudioSettings settings = new AudioSettings("", "", /* microphone */ true, Duration.ofMillis(30));
            try (AudioStream sound = Listening.join(guest, host, settings)) {
                String tone = Tone.file(folder.resolve("tone.wav"), 60).toString();
                Process player = guest.client("paplay", "--client-name=A player", "--stream-name=A tone", tone);
                await(() -> has(sound, stream -> stream.level() > LEVEL * 0.9));
                GuestStream playing = sound.streams().get(0);
                assertThat(playing.application()).isEqualTo("A player");
                assertThat(playing.title()).isEqualTo("A tone");
                assertThat(playing.volume()).isCloseTo(1, within(0.01));
                assertThat(playing.level()).isCloseTo(LEVEL, within(0.1));
                await(() -> sound.level() > LEVEL * 0.9);

                sound.streamVolume(playing.id(), 0.5);
                await(() -> has(sound, stream -> Math.abs(stream.volume() - 0.5) < 0.01));
                sound.streamMute(playing.id(), true);
                await(() -> has(sound, GuestStream::muted));
                await(() -> sound.level() < 0.01);

                player.destroy();
                player.waitFor();
                await(() -> !has(sound, stream -> true));
                sound.streamVolume(playing.id(), 1);
            }
        }
    }

    /** Whether the one stream that there may be is so. */
    private static boolean has(AudioStream sound, Predicate<GuestStream> so) {
        try {
            List<GuestStream> streams = sound.streams();
            assertThat(streams.size()).isLessThan(2);
            return streams.stream().anyMatch(so);
        } catch (AudioException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
