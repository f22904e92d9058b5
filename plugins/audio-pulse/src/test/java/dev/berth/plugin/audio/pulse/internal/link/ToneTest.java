/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static dev.berth.plugin.audio.pulse.internal.link.Listening.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.plugin.audio.pulse.internal.peer.PipeWireProcess;
import dev.berth.plugin.audio.pulse.internal.peer.PulseAudioProcess;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tone both ways at once. */
class ToneTest {

    private static final int SECONDS = 4;
    /** So much of a recording tells that it has begun. */
    private static final int SOME = 20_000;

    @TempDir
    Path folder;

    @Test
    void aToneGoesBothWaysWithPulseAudio() throws Exception {
        try (SoundServer guest = new PulseAudioProcess(folder.resolve("g"), SoundServer.GUEST)) {
            goesBothWays(guest);
        }
    }

    @Test
    void aToneGoesBothWaysWithPipeWire() throws Exception {
        try (SoundServer guest = new PipeWireProcess(folder.resolve("g"))) {
            goesBothWays(guest);
        }
    }

    private void goesBothWays(SoundServer guest) throws Exception {
        try (SoundServer host = new PulseAudioProcess(folder.resolve("h"), SoundServer.HOST)) {
            guest.start();
            host.start();
            AudioSettings settings = new AudioSettings("", "", /* microphone */ true, Duration.ofMillis(30));
            try (AudioStream sound = Listening.join(guest, host, settings)) {
                await(() -> !sound.statistics().device().isEmpty());
                Path played = folder.resolve("played.raw");
                Path spoken = folder.resolve("spoken.raw");
                Process hearsPlayed = host.record("device.monitor", played);
                Process hearsSpoken = guest.record("microphone", spoken);
                await(() -> played.toFile().length() > SOME && spoken.toFile().length() > SOME);
                String tone = Tone.file(folder.resolve("tone.wav"), SECONDS).toString();
                Process speaks = host.client("paplay", "--device=hear", tone);
                assertThat(guest.run("paplay", tone)).isTrue();
                speaks.waitFor();
                // What is on its way is heard as well, else there is no end.
                long most = (SECONDS + 1) * 192_000L;
                await(() -> played.toFile().length() > most && spoken.toFile().length() > most);
                hearsPlayed.destroy();
                hearsPlayed.waitFor();
                hearsSpoken.destroy();
                hearsSpoken.waitFor();
                System.out.println(sound.statistics());
                check("played", played);
                check("spoken", spoken);
            }
        }
    }

    private static void check(String what, Path recording) throws Exception {
        Tone.Heard heard = Tone.analyse(Files.readAllBytes(recording));
        System.out.println(what + " " + heard);
        // A busy machine may tear gaps, which the benchmark counts. Each moves the phase, from which the pitch is told.
        boolean whole = heard.jumps() == 0 && heard.longestGapMillis() == 0;
        assertThat(heard.seconds()).as("%s: %s", what, heard).isBetween(SECONDS - 1.0, SECONDS + 4.0);
        assertThat(heard.frequencyError()).as("%s: %s", what, heard).isLessThan(whole ? 0.001 : 0.003);
    }
}
