/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static dev.berth.plugin.audio.pulse.internal.link.Listening.await;
import static dev.berth.plugin.audio.pulse.internal.link.Listening.awaitTone;
import static dev.berth.plugin.audio.pulse.internal.link.Listening.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.plugin.audio.pulse.internal.peer.PipeWireProcess;
import dev.berth.plugin.audio.pulse.internal.peer.PulseAudioProcess;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides' sound servers are killed while sound plays, and come back. */
class RestartTest {

    @TempDir
    Path folder;

    private int recordings;

    @Test
    void soundComesBackByItself() throws Exception {
        try (SoundServer guest = new PulseAudioProcess(folder.resolve("g"), SoundServer.GUEST)) {
            restart(guest);
        }
    }

    @Tag("long")
    @Test
    void soundOfPipeWireComesBackByItself() throws Exception {
        try (SoundServer guest = new PipeWireProcess(folder.resolve("g"))) {
            restart(guest);
        }
    }

    private void restart(SoundServer guest) throws Exception {
        try (SoundServer host = new PulseAudioProcess(folder.resolve("h"), SoundServer.HOST)) {
            guest.start();
            host.start();
            try (AudioStream sound = join(guest, host, AudioSettings.defaults())) {
                String tone = Tone.file(folder.resolve("tone.wav"), 120).toString();
                Process player = guest.client("paplay", tone);
                heard(host, "at first");

                host.stop();
                await(() -> sound.statistics().device().isEmpty());
                // Dropped at the rate at which it would play: the player does not wait, and nothing piles up.
                assertThat(player.isAlive()).isTrue();
                host.start();
                long back = System.nanoTime();
                heard(host, "after the host's server came back");
                System.out.printf(
                        "host's sound server restarted: heard again after %d ms%n",
                        (System.nanoTime() - back) / 1_000_000);
                assertThat(player.isAlive()).isTrue();
                assertThat(sound.statistics().latency().toMillis()).isLessThan(500);

                guest.stop();
                player.waitFor();
                guest.start();
                Process again = guest.client("paplay", tone);
                back = System.nanoTime();
                heard(host, "after the guest's server came back");
                System.out.printf(
                        "guest's sound server restarted: heard again after %d ms%n",
                        (System.nanoTime() - back) / 1_000_000);
                again.destroy();
                again.waitFor();
            }
        }
    }

    private void heard(SoundServer host, String when) throws Exception {
        awaitTone(host, "device.monitor", folder.resolve("heard" + recordings++ + ".raw"), when);
    }
}
