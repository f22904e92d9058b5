/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import java.util.function.Consumer;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;

/** What can be done with a session, as a menu: in the Sessions tool window and in the overview. */
@OnEdt
final class SessionMenu {

    private final SessionInfo session;
    private final WorkbenchFrame window;
    private final JPopupMenu menu = new JPopupMenu();

    private SessionMenu(SessionInfo session, WorkbenchFrame window) {
        this.session = session;
        this.window = window;
    }

    static JPopupMenu of(SessionInfo session, WorkbenchFrame window, SessionActions actions) {
        SessionMenu made = new SessionMenu(session, window);
        SessionState state = session.state();
        boolean down = state == SessionState.STOPPED || state == SessionState.FAILED;
        made.menu.setName("session.menu");
        made.add("open", "open", true, actions::open);
        made.add("start", "start", down, actions::start);
        made.add(
                "stop",
                "stop",
                state == SessionState.RUNNING || state == SessionState.PAUSED || state == SessionState.STARTING,
                actions::stop);
        if (state == SessionState.PAUSED) {
            made.add("resume", "start", true, actions::resume);
        } else {
            made.add("pause", "", state == SessionState.RUNNING, actions::pause);
        }
        made.menu.addSeparator();
        made.add(
                "snapshot", "pin", state != SessionState.STARTING && state != SessionState.STOPPING, actions::snapshot);
        made.add("copy", "copy", state != SessionState.STARTING && state != SessionState.STOPPING, actions::copy);
        made.menu.addSeparator();
        made.add("remove", "remove", true, actions::remove);
        return made.menu;
    }

    private void add(String name, String icon, boolean enabled, Consumer<SessionInfo> action) {
        JMenuItem item = new JMenuItem(Texts.of("sessions." + name));
        if (!icon.isEmpty()) {
            item.setIcon(window.icons().of(icon));
        }
        item.setName("session." + name);
        item.setEnabled(enabled);
        item.addActionListener(event -> action.accept(session));
        menu.add(item);
    }
}
