/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Berth keeps what it makes. The environment and the system properties are parameters, so that each platform's answer can be
 * tested on any other.
 */
final class BerthHome {

    private BerthHome() {}

    /**
     * Returns the home folder, absolute; it need not exist yet.
     *
     * <p>In this order: the command line, {@code $BERTH_HOME}, {@code data/} beside a portable install (one whose {@code conf/portable}
     * exists), the platform's place: {@code %LOCALAPPDATA%\Berth} on Windows, {@code ~/Library/Application Support/Berth} on macOS, the XDG
     * data folder elsewhere. A relative {@code XDG_DATA_HOME} is ignored, as the XDG specification says.
     */
    static Path find(
            @Nullable Path given, Path install, Map<String, String> environment, Map<String, String> properties) {
        if (given != null) {
            return given.toAbsolutePath().normalize();
        }
        String fromEnvironment = environment.getOrDefault("BERTH_HOME", "");
        if (!fromEnvironment.isBlank()) {
            return Path.of(fromEnvironment).toAbsolutePath().normalize();
        }
        if (Files.exists(install.resolve("conf").resolve("portable"))) {
            return install.resolve("data").toAbsolutePath().normalize();
        }
        return platform(environment, properties);
    }

    /** The user's folder. Java says "?" for a user that the system does not list, as in a bare container; HOME may tell. */
    private static Path user(Map<String, String> environment, Map<String, String> properties) {
        String user = properties.getOrDefault("user.home", "?");
        if (user.equals("?") || user.isBlank()) {
            user = environment.getOrDefault("HOME", "");
        }
        return Path.of(user).toAbsolutePath().normalize();
    }

    /** Returns the platform's place, absolute. */
    static Path platform(Map<String, String> environment, Map<String, String> properties) {
        Path user = user(environment, properties);
        String os = properties.getOrDefault("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return (local.isBlank() ? user.resolve("AppData").resolve("Local") : Path.of(local)).resolve("Berth");
        }
        if (os.startsWith("mac")) {
            return user.resolve("Library").resolve("Application Support").resolve("Berth");
        }
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        Path data = !xdg.isBlank() && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : user.resolve(".local").resolve("share");
        return data.resolve("berth");
    }
}
