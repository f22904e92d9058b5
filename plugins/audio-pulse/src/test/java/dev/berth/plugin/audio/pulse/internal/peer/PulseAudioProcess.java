/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's PulseAudio. */
public final class PulseAudioProcess extends SoundServer {

    private final Path script;

    /** Prepares one. */
    public PulseAudioProcess(Path folder, List<String> commands) throws IOException {
        super(Files.createDirectories(folder));
        script = folder.resolve("default.pa");
        List<String> lines = new ArrayList<>();
        lines.add("load-module module-native-protocol-unix socket=" + socket() + " auth-anonymous=1");
        lines.addAll(commands);
        Files.write(script, lines);
    }

    @Override
    public Path socket() {
        return folder.resolve("s");
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.deleteIfExists(socket());
        spawn(
                "server.log",
                Map.of("HOME", folder.toString(), "XDG_RUNTIME_DIR", folder.toString(), "LC_ALL", "C.UTF-8"),
                List.of(
                        "pulseaudio",
                        "-n",
                        "-F",
                        script.toString(),
                        "--daemonize=no",
                        "--exit-idle-time=-1",
                        "--use-pid-file=no",
                        "--disable-shm=yes",
                        "--log-target=stderr",
                        "--log-level=error"));
        await();
    }
}
