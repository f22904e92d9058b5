/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.task.TaskContext;
import dev.berth.platform.process.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Whether the host's desktop is dark. */
final class SystemTone {

    /** A desktop that does not answer at once must not hold up the window. */
    private static final Duration LIMIT = Duration.ofMillis(400);

    private SystemTone() {}

    /** Asks the desktop; blocks for under half a second. Light when it does not say. */
    static boolean isDark() throws InterruptedException {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return answers(
                    "0x0",
                    "reg",
                    "query",
                    "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                    "/v",
                    "AppsUseLightTheme");
        }
        if (os.startsWith("mac")) {
            return answers("Dark", "defaults", "read", "-g", "AppleInterfaceStyle");
        }
        String gsettings = "/usr/bin/gsettings";
        return Files.isExecutable(Path.of(gsettings))
                && System.getenv("DBUS_SESSION_BUS_ADDRESS") != null
                && answers("dark", gsettings, "get", "org.gnome.desktop.interface", "color-scheme");
    }

    private static boolean answers(String wanted, String... command) throws InterruptedException {
        try {
            return HostCommand.of(command)
                    .within(LIMIT)
                    .run(TaskContext.silent())
                    .text()
                    .contains(wanted);
        } catch (IOException unknown) {
            return false;
        }
    }
}
