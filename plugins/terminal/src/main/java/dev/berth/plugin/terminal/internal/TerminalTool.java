/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal;

import dev.berth.api.session.SessionDirectory;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.command.Command;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.command.CommandSpec;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.api.ui.toolwindow.ToolWindowFactory;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.api.ui.toolwindow.ToolWindowSpec;
import java.util.Optional;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tool window with terminals, and the command that opens one in the session in front. */
@Component(service = {ToolWindowFactory.class, Command.class})
@ToolWindowSpec(
        id = TerminalTool.ID,
        title = "%terminal.title",
        icon = "terminal",
        side = ToolWindowSide.BOTTOM,
        order = 210)
@CommandSpec(
        id = "dev.berth.terminal.open",
        title = "%terminal.open",
        icon = "terminal",
        shortcut = "ctrl shift T",
        menu = "session",
        order = 220)
public final class TerminalTool implements ToolWindowFactory, Command {

    static final String ID = "dev.berth.terminal";

    /** The workbench has a command for each tool window that brings it to the front. */
    private static final String REVEAL = "toolwindow." + ID;

    private final SessionDirectory sessions;
    private final TerminalPreferences preferences;
    private @Nullable TerminalTabs tabs;

    /** For the framework. */
    @Activate
    public TerminalTool(@Reference SessionDirectory sessions, @Reference TerminalPreferences preferences) {
        this.sessions = sessions;
        this.preferences = preferences;
    }

    @Override
    @OnEdt
    public JComponent create(ToolWindowContext context) {
        TerminalTabs made = new TerminalTabs(sessions, new TerminalTexts(), preferences, context);
        tabs = made;
        context.onClose(() -> tabs = null);
        return made;
    }

    @Override
    public boolean enabled(CommandContext context) {
        return context.session()
                .filter(session -> session.state() == SessionState.RUNNING)
                .isPresent();
    }

    @Override
    @OnEdt
    public void run(CommandContext context) {
        Optional<SessionInfo> session = context.session();
        context.runCommand(REVEAL);
        TerminalTabs open = tabs;
        if (open != null) {
            session.ifPresent(open::open);
        }
    }
}
