/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.sessions.SessionManager;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.overview.OverviewPanel;
import dev.berth.shell.internal.overview.Sources;
import dev.berth.shell.internal.overview.TileActions;
import dev.berth.shell.internal.tab.DesktopView;
import dev.berth.shell.internal.tab.SessionTab;
import java.awt.Component;
import java.util.Optional;
import javax.swing.Icon;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** The tab with the overview, while it is open. */
@OnEdt
final class OverviewTab implements Sources, TileActions {

    private final WorkbenchFrame window;
    private final SessionModel model;
    private final SessionActions actions;
    private @Nullable OverviewPanel panel;

    OverviewTab(WorkbenchFrame window, SessionModel model, SessionActions actions) {
        this.window = window;
        this.model = model;
        this.actions = actions;
    }

    /** Brings the tab to the front. */
    void show() {
        OverviewPanel open = panel;
        if (open == null) {
            open = new OverviewPanel(this, this);
            panel = open;
            window.dock().add(open, Texts.of("overview.tab"), window.icons().of("overview"), this::close);
        } else {
            window.dock().select(open);
        }
        open.requestFocusInWindow();
    }

    /** Whether a view is the overview. */
    boolean is(JComponent view) {
        return view.equals(panel);
    }

    /** Closes the tab. */
    void close() {
        OverviewPanel open = panel;
        if (open != null) {
            panel = null;
            open.close();
            window.dock().remove(open);
            window.keepOneTab();
        }
    }

    /** The window goes. */
    void dispose() {
        if (panel != null) {
            panel.close();
        }
    }

    // ---- Sources

    @Override
    public SessionModel sessions() {
        return model;
    }

    @Override
    public SessionManager manager() {
        return window.services().sessions();
    }

    @Override
    public Background background() {
        return window.background();
    }

    @Override
    public Icons icons() {
        return window.icons();
    }

    @Override
    public Optional<DesktopView> desktop(String session) {
        return window.tabOf(session).flatMap(SessionTab::desktop);
    }

    @Override
    public Icon placeholder(SessionInfo session, int width, int height) {
        return new RecipePicture(session.recipe(), width, height);
    }

    // ---- TileActions

    @Override
    public void open(SessionInfo session) {
        actions.open(session);
    }

    @Override
    public void startOrStop(SessionInfo session) {
        if (session.state() == SessionState.STOPPED || session.state() == SessionState.FAILED) {
            actions.start(session);
        } else {
            actions.stop(session);
        }
    }

    @Override
    public void menu(SessionInfo session, Component under, int x, int y) {
        SessionMenu.of(session, window, actions).show(under, x, y);
    }

    @Override
    public void create() {
        window.newSession("");
    }
}
