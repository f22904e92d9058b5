/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.ui.toolwindow.ToolWindowFactory;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.shell.internal.files.FilesPanel;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.model.ToolWindowEntry;
import dev.berth.shell.internal.tools.Host;
import dev.berth.shell.internal.tools.ImagesPanel;
import dev.berth.shell.internal.tools.LogPanel;
import dev.berth.shell.internal.tools.MetricsPanel;
import dev.berth.shell.internal.tools.MixerPanel;
import dev.berth.shell.internal.tools.NoticesPanel;
import dev.berth.shell.internal.tools.PluginsPanel;
import dev.berth.shell.internal.tools.ProblemsPanel;
import java.util.List;

/** The window's own tool windows. Nothing of one is made before it is shown. */
final class BuiltInTools {

    static final String SESSIONS = "dev.berth.sessions";
    static final String TASKS = "dev.berth.tasks";
    static final String LOG = "dev.berth.log";

    private BuiltInTools() {}

    static List<ToolWindowEntry> all(WorkbenchFrame window, SessionModel model, SessionActions actions) {
        Host host = new ToolHost(window, model);
        return List.of(
                entry("sessions", ToolWindowSide.LEFT, 100, true, it -> new SessionsPanel(model, window, actions)),
                entry("files", ToolWindowSide.BOTTOM, 210, false, it -> new FilesPanel(host, it)),
                entry("images", ToolWindowSide.BOTTOM, 245, false, it -> new ImagesPanel(host, it)),
                entry(
                        "tasks",
                        ToolWindowSide.BOTTOM,
                        200,
                        false,
                        it -> new TasksPanel(window.services().tasks(), window.icons(), it::onClose)),
                entry("log", ToolWindowSide.BOTTOM, 220, false, it -> new LogPanel(host, it)),
                entry("metrics", ToolWindowSide.BOTTOM, 230, false, it -> new MetricsPanel(host, it)),
                entry("mixer", ToolWindowSide.BOTTOM, 260, false, it -> new MixerPanel(host, it)),
                entry(
                        "notices",
                        ToolWindowSide.BOTTOM,
                        250,
                        false,
                        it -> new NoticesPanel(window.notices(), window.icons(), it)),
                entry("plugins", ToolWindowSide.BOTTOM, 260, false, it -> new PluginsPanel(host, it)),
                entry("problems", ToolWindowSide.BOTTOM, 240, false, it -> new ProblemsPanel(host, it)));
    }

    private static ToolWindowEntry entry(
            String name, ToolWindowSide side, int order, boolean shown, ToolWindowFactory factory) {
        return new ToolWindowEntry(
                "dev.berth." + name,
                Texts.of(name + ".title"),
                name.equals("plugins") ? "plug" : name,
                side,
                order,
                shown,
                "",
                factory);
    }
}
