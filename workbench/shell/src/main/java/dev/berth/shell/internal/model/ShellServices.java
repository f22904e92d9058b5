/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.images.ImageStore;
import dev.berth.images.RecipeBook;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.platform.task.TaskRunner;
import dev.berth.plugins.PluginManager;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.files.GuestFiles;
import java.nio.file.Path;

/**
 * The services that the window stands on.
 *
 * @param log the file that Berth's own log goes to
 */
public record ShellServices(
        SessionManager sessions,
        GuestFiles files,
        RecipeBook recipes,
        TaskRunner tasks,
        SettingsStore settings,
        ImageStore images,
        HostChecks host,
        PluginManager plugins,
        Path log) {}
