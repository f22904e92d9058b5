/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.channel.GuestAddress;
import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.recipe.SessionDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The guest start script and what both of its sides agree on. */
final class GuestScript {

    static final GuestAddress DISPLAY = new GuestAddress.UnixSocket("/run/berth/display.sock");
    static final GuestAddress SOUND = new GuestAddress.UnixSocket("/run/berth/pulse.sock");

    /** The files in the run folder, by the names of their resources. */
    private static final Map<String, String> SCRIPTS = Map.of("start.sh", "start", "systemd.sh", "systemd");

    private static final String SYSTEMD = "systemd";
    private static final String FAILED = "berth: failed: ";
    private static final int TAIL = 64 << 10;

    private GuestScript() {}

    /** Puts the scripts where the guest finds them. */
    static void install(Path runFolder) throws IOException {
        for (Map.Entry<String, String> each : SCRIPTS.entrySet()) {
            install(each.getKey(), runFolder.resolve(each.getValue()));
        }
    }

    private static void install(String resource, Path file) throws IOException {
        // A guest owns this folder once it ran: never write through what it may have put there.
        Files.deleteIfExists(file);
        try (InputStream script = GuestScript.class.getResourceAsStream(resource)) {
            if (script == null) {
                throw new IOException("the guest script " + resource + " is missing from the bundle");
            }
            try (OutputStream out = Files.newOutputStream(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                script.transferTo(out);
            }
        }
    }

    /** Whether the guest's systemd is to be the first process. */
    static boolean asksForSystemd(SessionDefaults defaults) {
        return defaults.init().equals(SYSTEMD);
    }

    /** Adds the script, its parameters, and the environment of everything in the session. */
    static void configure(ContainerSpec.Builder spec, SessionDefaults defaults, String title, int width, int height) {
        boolean systemd = asksForSystemd(defaults);
        List<String> command = new ArrayList<>(List.of("/bin/sh", "/run/berth/" + (systemd ? "systemd" : "start")));
        if (systemd) {
            spec.init(ContainerSpec.Init.SYSTEMD);
        }
        spec.environment("BERTH_INIT", defaults.init());
        command.addAll(defaults.command());
        spec.command(command);
        spec.environment("LANG", "C.UTF-8");
        spec.environment("TZ", ZoneId.systemDefault().getId());
        spec.environment(defaults.environment());
        spec.environment("BERTH_USER", defaults.user());
        spec.environment("BERTH_WIDTH", Integer.toString(width));
        spec.environment("BERTH_HEIGHT", Integer.toString(height));
        spec.environment("BERTH_TITLE", title);
        spec.environment("BERTH_DISPLAY_SERVER", defaults.displayServer());
        spec.environment("BERTH_SOUND", defaults.sound());
    }

    /** What the script sets for the desktop, and what a command run in it later needs to find the desktop. */
    static Map<String, String> desktopEnvironment() {
        return Map.of(
                "DISPLAY", ":1",
                "XAUTHORITY", "/run/berth/Xauthority",
                "XDG_RUNTIME_DIR", "/run/desktop",
                "XDG_SESSION_TYPE", "x11",
                "DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/desktop/bus",
                "PULSE_SERVER", "unix:/run/berth/pulse.sock");
    }

    /** The last part of what the first process printed. */
    static String logTail(Container container) throws InterruptedException {
        try (InputStream logs = container.logs(false)) {
            byte[] tail = new byte[0];
            byte[] buffer = new byte[8192];
            for (int n = logs.read(buffer); n >= 0; n = logs.read(buffer)) {
                int keep = Math.min(tail.length, TAIL - n);
                byte[] next = new byte[keep + n];
                System.arraycopy(tail, tail.length - keep, next, 0, keep);
                System.arraycopy(buffer, 0, next, keep, n);
                tail = next;
            }
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException | EngineException e) {
            return "";
        }
    }

    /** The sentence by which the script said why it gave up, in its log. */
    static Optional<String> failure(String log) {
        return log.lines()
                .filter(line -> line.startsWith(FAILED))
                .reduce((first, second) -> second)
                .map(line -> clean(line.substring(FAILED.length())));
    }

    /** The last lines of a log, for a detail. */
    static String lastLines(String log, int count) {
        List<String> lines = log.lines().map(GuestScript::clean).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /** A guest wrote it: no control characters reach a terminal, and no novel a dialog. */
    private static String clean(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() > 400 ? plain.substring(0, 400) : plain;
    }
}
