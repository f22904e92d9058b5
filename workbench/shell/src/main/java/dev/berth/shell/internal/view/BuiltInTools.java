/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.model.ToolWindowEntry;
import java.util.List;

/** The window's own tool windows. */
final class BuiltInTools {

    static final String SESSIONS = "dev.berth.sessions";
    static final String TASKS = "dev.berth.tasks";

    private BuiltInTools() {}

    static List<ToolWindowEntry> all(WorkbenchFrame window, SessionModel model, SessionActions actions) {
        return List.of(
                new ToolWindowEntry(
                        SESSIONS,
                        Texts.of("sessions.title"),
                        "sessions",
                        ToolWindowSide.LEFT,
                        100,
                        true,
                        "",
                        context -> new SessionsPanel(model, window.icons(), actions)),
                new ToolWindowEntry(
                        TASKS,
                        Texts.of("tasks.title"),
                        "tasks",
                        ToolWindowSide.BOTTOM,
                        200,
                        false,
                        "",
                        context -> new TasksPanel(window.services().tasks(), window.icons(), context::onClose)));
    }
}
