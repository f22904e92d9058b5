/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static dev.berth.plugin.audio.pulse.internal.link.Listening.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.plugin.audio.pulse.internal.peer.PulseAudioProcess;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices of the host come and go while a guest plays. */
class HotPlugTest {

    private static final List<String> TWO_DEVICES = List.of(sink("chosen"), sink("other"), "set-default-sink other");

    @TempDir
    Path folder;

    private static String sink(String name) {
        return "load-module module-null-sink sink_name=" + name
                + " rate=48000 channels=2 format=s16le norewinds=1 sink_properties=device.description=" + name;
    }

    @Test
    void soundMovesToTheNextDeviceAndBack() throws Exception {
        try (SoundServer guest = new PulseAudioProcess(folder.resolve("g"), SoundServer.GUEST);
                SoundServer host = new PulseAudioProcess(folder.resolve("h"), TWO_DEVICES)) {
            guest.start();
            host.start();
            AudioSettings settings = new AudioSettings("chosen", "", false, Duration.ofMillis(30));
            String tone = Tone.file(folder.resolve("tone.wav"), 120).toString();
            Process player = guest.client("paplay", tone);
            try (AudioStream sound = Listening.join(guest, host, settings)) {
                plays(sound, host, "chosen");
                unplug(host);
                plays(sound, host, "other");
                plug(host);
                plays(sound, host, "chosen");
            }
            try (AudioStream sound = Listening.join(guest, host, AudioSettings.defaults())) {
                plays(sound, host, "other");
                assertThat(host.run("pactl", "set-default-sink", "chosen")).isTrue();
                plays(sound, host, "chosen");
            }
            // The guest's player saw nothing of it.
            assertThat(player.isAlive()).isTrue();
            player.destroy();
            player.waitFor();
        }
    }

    private static void unplug(SoundServer host) throws Exception {
        // The first module opens the socket, and the server counts them from nought.
        assertThat(host.run("pactl", "unload-module", "1")).isTrue();
    }

    private static void plug(SoundServer host) throws Exception {
        assertThat(host.run(
                        "pactl",
                        "load-module",
                        "module-null-sink",
                        "sink_name=chosen",
                        "norewinds=1",
                        "sink_properties=device.description=chosen"))
                .isTrue();
    }

    private void plays(AudioStream sound, SoundServer host, String device) throws Exception {
        await(() -> sound.statistics().device().equals(device));
        Listening.awaitTone(host, device + ".monitor", folder.resolve(device + ".raw"), "on " + device);
    }
}
