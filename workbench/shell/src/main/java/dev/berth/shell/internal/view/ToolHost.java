/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.audio.AudioStream;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.command.CommandTask;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.model.ShellServices;
import dev.berth.shell.internal.tab.DesktopView;
import dev.berth.shell.internal.tab.SessionTab;
import dev.berth.shell.internal.tools.Host;
import dev.berth.shell.internal.tools.SoundDesk;
import java.util.Optional;

/** The window as its own tool windows see it. */
@OnEdt
final class ToolHost implements Host {

    private final WorkbenchFrame window;
    private final SessionModel sessions;

    ToolHost(WorkbenchFrame window, SessionModel sessions) {
        this.window = window;
        this.sessions = sessions;
    }

    @Override
    public ShellServices services() {
        return window.services();
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
    public SessionModel sessions() {
        return sessions;
    }

    @Override
    public Optional<SessionInfo> front() {
        return window.selectedTab().flatMap(SessionTab::session);
    }

    @Override
    public Optional<DisplayConnection> display(String session) {
        return window.tabOf(session).flatMap(SessionTab::desktop).map(DesktopView::connection);
    }

    @Override
    public Optional<SoundDesk> sound(String session) {
        return window.tabOf(session)
                .flatMap(SessionTab::desktop)
                .flatMap(desktop -> desktop.sound().map(stream -> new Desk(desktop, stream)));
    }

    private record Desk(DesktopView desktop, AudioStream stream) implements SoundDesk {
        @Override
        public int volume() {
            return desktop.volume();
        }

        @Override
        public void volume(int percent) {
            desktop.volume(percent);
        }

        @Override
        public boolean muted() {
            return desktop.muted();
        }

        @Override
        public void toggleMute() {
            desktop.toggleMute();
        }

        @Override
        public boolean microphone() {
            return desktop.microphoneOn();
        }

        @Override
        public void toggleMicrophone() {
            desktop.toggleMicrophone();
        }
    }

    @Override
    public void run(String title, CommandTask task, Runnable then) {
        window.actions().run(title, task, then);
    }

    @Override
    public void remedy(Remedy remedy, Runnable retry) {
        window.remedy(remedy, retry);
    }

    @Override
    public void showError(BerthException error) {
        window.showError(error);
    }

    @Override
    public void notify(String text) {
        window.notify(text);
    }
}
