/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.platform.task.TaskSnapshot;
import dev.berth.sessions.FrameBuffer;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.tab.DesktopView;
import dev.berth.shell.internal.tab.SessionTab;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.swing.Timer;

/** Keeps the status bar up to date: tasks as they change, the desktop's rate once a second while one is in front. */
@OnEdt
final class StatusFeed implements AutoCloseable {

    private final WorkbenchFrame window;
    private final StatusBar bar;
    private final Registration tasks;
    private final Set<Long> running = new HashSet<>();
    private final Timer second = new Timer(1000, event -> rate());
    private long lastUpdates;

    StatusFeed(WorkbenchFrame window, StatusBar bar) {
        this.window = window;
        this.bar = bar;
        tasks = window.services().tasks().onChange(task -> Edt.runLater(() -> taskChanged(task)));
    }

    private void taskChanged(TaskSnapshot task) {
        boolean changed = task.ended() ? running.remove(task.id()) : running.add(task.id());
        if (changed) {
            int count = running.size();
            bar.tasks(count == 0 ? "" : Texts.of(count == 1 ? "tasks.count.one" : "tasks.count.many", count));
        }
    }

    /** Another tab is in front, or the one in front changed. */
    void refresh() {
        bar.engine(window.selectedTab()
                .flatMap(SessionTab::session)
                .map(session -> session.engine())
                .orElse(""));
        Optional<DesktopView> desktop = window.selectedTab().flatMap(SessionTab::desktop);
        if (desktop.isPresent()) {
            lastUpdates = desktop.get().frame().updates();
            size(desktop.get(), 0);
            second.start();
        } else {
            second.stop();
            bar.picture("");
        }
    }

    private void rate() {
        window.selectedTab().flatMap(SessionTab::desktop).ifPresent(desktop -> {
            long updates = desktop.frame().updates();
            size(desktop, updates - lastUpdates);
            lastUpdates = updates;
        });
    }

    private void size(DesktopView desktop, long rate) {
        FrameBuffer.Picture picture = desktop.frame().picture();
        String width = String.valueOf(picture.width());
        String height = String.valueOf(picture.height());
        bar.picture(
                rate > 0
                        ? Texts.of("status.pictureRate", width, height, rate)
                        : Texts.of("status.picture", width, height));
    }

    @Override
    public void close() {
        second.stop();
        tasks.close();
    }
}
