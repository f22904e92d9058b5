/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static dev.berth.plugin.audio.pulse.internal.link.ToneTest.await;
import static dev.berth.plugin.audio.pulse.internal.link.ToneTest.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioStream;
import dev.berth.plugin.audio.pulse.internal.peer.PulseAudioProcess;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides' sound servers are killed while sound plays, and come back. */
class RestartTest {

    /** Half a second of sound. */
    private static final int ENOUGH = 48_000 * 4 / 2;

    @TempDir
    Path folder;

    private int recordings;

    @Test
    void soundComesBackByItself() throws Exception {
        try (SoundServer guest = new PulseAudioProcess(folder.resolve("g"), SoundServer.GUEST);
                SoundServer host = new PulseAudioProcess(folder.resolve("h"), SoundServer.HOST)) {
            guest.start();
            host.start();
            try (AudioStream sound = join(guest, host)) {
                String tone = Tone.file(folder.resolve("tone.wav"), 120).toString();
                Process player = guest.client("paplay", tone);
                awaitTone(host, "at first");

                host.stop();
                await(() -> sound.statistics().device().isEmpty());
                // Dropped at the rate at which it would play: the player does not wait, and nothing piles up.
                assertThat(player.isAlive()).isTrue();
                host.start();
                long back = System.nanoTime();
                awaitTone(host, "after the host's server came back");
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
                awaitTone(host, "after the guest's server came back");
                System.out.printf(
                        "guest's sound server restarted: heard again after %d ms%n",
                        (System.nanoTime() - back) / 1_000_000);
                again.destroy();
                again.waitFor();
            }
        }
    }

    /** Records until half a second of the tone, and nothing else, was heard. */
    private void awaitTone(SoundServer host, String when) throws Exception {
        Path recording = folder.resolve("heard" + recordings++ + ".raw");
        Process recorder = host.record(recording);
        try {
            await(() -> hasTone(recording));
        } catch (AssertionError e) {
            throw new AssertionError("no tone " + when, e);
        } finally {
            recorder.destroy();
            recorder.waitFor();
        }
    }

    private static boolean hasTone(Path recording) {
        try {
            byte[] all = Files.readAllBytes(recording);
            if (all.length < ENOUGH) {
                return false;
            }
            int from = (all.length - ENOUGH) / 4 * 4;
            Tone.Heard heard = Tone.analyse(Arrays.copyOfRange(all, from, all.length));
            return heard.seconds() > 0.45 && heard.longestGapMillis() < 50;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
