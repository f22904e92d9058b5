/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.host.PulseHost;
import dev.berth.plugin.audio.pulse.internal.host.PulseServer;
import dev.berth.plugin.audio.pulse.internal.peer.SoundServer;
import dev.berth.plugin.audio.pulse.internal.peer.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Joins servers, and waits for what is to be heard. */
final class Listening {

    /** Half a second of sound. */
    private static final int ENOUGH = 48_000 * 4 / 2;

    private Listening() {}

    /** Joins a guest's server with another that plays the part of this host's. */
    static AudioStream join(SoundServer guest, SoundServer host, AudioSettings settings) throws Exception {
        return JoinedSound.open(
                guest.endpoint(),
                settings,
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

    /** Records a source of a server until half a second of the tone, and nothing else, was heard. */
    static void awaitTone(SoundServer server, String source, Path recording, String when) throws Exception {
        Process recorder = server.record(source, recording);
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
        } catch (IOException e) {
            return false;
        }
    }
}
