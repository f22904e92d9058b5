/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.host.PulseHost;
import dev.berth.plugin.audio.pulse.internal.host.PulseServer;
import dev.berth.plugin.audio.pulse.internal.peer.PulseAudioProcess;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToneTest {

    @TempDir
    Path folder;

    @Test
    void aToneOfAGuestIsHeardOnTheHost() throws Exception {
        try (SoundServer guest = new PulseAudioProcess(folder.resolve("g"), SoundServer.GUEST);
                SoundServer host = new PulseAudioProcess(folder.resolve("h"), SoundServer.HOST)) {
            guest.start();
            host.start();
            try (AudioStream sound = join(guest, host)) {
                await(() -> !sound.statistics().device().isEmpty());
                Path recording = folder.resolve("heard.raw");
                Process recorder = host.record(recording);
                await(() -> recording.toFile().length() > 48_000);
                assertThat(guest.run(
                                "paplay",
                                Tone.file(folder.resolve("tone.wav"), 10).toString()))
                        .isTrue();
                Thread.sleep(200);
                recorder.destroy();
                recorder.waitFor();
                Tone.Heard heard = Tone.analyse(Files.readAllBytes(recording));
                AudioStatistics statistics = sound.statistics();
                System.out.println("heard " + heard + ", " + statistics);
                // A busy machine may tear a gap; the pitch and the length hold all the same.
                assertThat(heard.seconds()).isBetween(9.0, 11.0);
                assertThat(heard.frequencyError()).isLessThan(0.002);
            }
        }
    }

    /** Joins a guest's server with another that plays the part of this host's. */
    static AudioStream join(SoundServer guest, SoundServer host) throws Exception {
        return JoinedSound.open(
                guest.endpoint(),
                AudioSettings.defaults(),
                changed -> List.of(new PulseHost(new PulseServer(host.environment()), changed)),
                TaskContext.silent());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
