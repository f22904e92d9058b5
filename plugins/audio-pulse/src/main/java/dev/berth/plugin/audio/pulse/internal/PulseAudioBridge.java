/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal;

import dev.berth.api.audio.AudioBridge;
import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.AudioException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.host.JavaSoundHost;
import dev.berth.plugin.audio.pulse.internal.host.PulseHost;
import dev.berth.plugin.audio.pulse.internal.host.PulseServer;
import dev.berth.plugin.audio.pulse.internal.host.SoundHost;
import dev.berth.plugin.audio.pulse.internal.link.JoinedSound;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Joins a guest's PulseAudio, or PipeWire in its place, with the devices of this host. */
@Component
public final class PulseAudioBridge implements AudioBridge {

    @Override
    public String scheme() {
        return "pulse";
    }

    @Override
    public AudioStream attach(Endpoint guestServer, AudioSettings settings, TaskContext context)
            throws AudioException, InterruptedException {
        return JoinedSound.open(guestServer, settings, PulseAudioBridge::hosts, context);
    }

    private static List<SoundHost> hosts(Runnable changed) {
        return List.of(new PulseHost(new PulseServer(System.getenv()), changed), new JavaSoundHost());
    }
}
