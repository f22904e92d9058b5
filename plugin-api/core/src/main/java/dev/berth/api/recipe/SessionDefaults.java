/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.recipe;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a session of a recipe runs unless the person says otherwise.
 *
 * @param user the unprivileged user that owns the desktop
 * @param command starts the desktop, argument by argument, as that user, with the display up
 * @param display the display protocol's scheme: {@code rfb}
 * @param displayServer which server the guest start script runs: {@code xvnc}
 * @param width screen width in pixels
 * @param height screen height in pixels
 * @param memoryBytes limit; 0 means none
 * @param cpus limit in processors; 0 means none
 * @param sound which sound server the guest start script runs: {@code pulseaudio}, {@code pipewire} or {@code none}
 * @param init what the session's first process is: {@code plain} for the guest start script alone, or {@code systemd} for
 *     the guest's systemd, which runs the script as one of its services
 */
public record SessionDefaults(
        String user,
        List<String> command,
        Map<String, String> environment,
        String display,
        String displayServer,
        int width,
        int height,
        long memoryBytes,
        double cpus,
        String sound,
        String init) {

    /** The same with {@code plain} as {@code init}. */
    public SessionDefaults(
            String user,
            List<String> command,
            Map<String, String> environment,
            String display,
            String displayServer,
            int width,
            int height,
            long memoryBytes,
            double cpus,
            String sound) {
        this(user, command, environment, display, displayServer, width, height, memoryBytes, cpus, sound, "plain");
    }

    public SessionDefaults {
        Objects.requireNonNull(user, "user");
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(display, "display");
        Objects.requireNonNull(displayServer, "displayServer");
        Objects.requireNonNull(sound, "sound");
        Objects.requireNonNull(init, "init");
    }
}
