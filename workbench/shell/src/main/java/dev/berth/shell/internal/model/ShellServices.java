/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.images.RecipeBook;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.platform.task.TaskRunner;
import dev.berth.sessions.SessionManager;

/** The services that the window stands on. */
public record ShellServices(SessionManager sessions, RecipeBook recipes, TaskRunner tasks, SettingsStore settings) {}
