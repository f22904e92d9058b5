/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.peer;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's PipeWire with its PulseAudio server, as an ordinary user: it does not run as root. It has no sinks of its own. */
public final class PipeWireProcess extends SoundServer {

    private static final String NOBODY = "nobody";
    private static final String SCRIPT = "pipewire & sleep 0.2; wireplumber & exec pipewire-pulse";

    private final Path runtime;

    /** Prepares one. */
    public PipeWireProcess(Path folder) throws IOException {
        super(Files.createDirectories(folder));
        runtime = folder.resolve("r");
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Override
    public Path socket() {
        return runtime.resolve("pulse").resolve("native");
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.deleteIfExists(socket());
        Files.createDirectories(runtime);
        List<String> command = new ArrayList<>();
        if (root()) {
            // The way to the socket is closed to others.
            for (Path way = folder; way.getNameCount() > 1; way = way.getParent()) {
                if (Files.getOwner(way).getName().equals("root")) {
                    Files.setPosixFilePermissions(way, PosixFilePermissions.fromString("rwx--x--x"));
                }
            }
            Files.setOwner(
                    runtime,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups"));
        }
        command.addAll(List.of("dbus-run-session", "--", "sh", "-c", SCRIPT));
        spawn(
                "server.log",
                Map.of("HOME", runtime.toString(), "XDG_RUNTIME_DIR", runtime.toString(), "LC_ALL", "C.UTF-8"),
                command);
        await();
    }
}
