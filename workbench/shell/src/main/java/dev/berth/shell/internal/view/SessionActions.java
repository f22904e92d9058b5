/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.command.CommandTask;
import dev.berth.api.ui.edt.Edt;
import dev.berth.platform.process.HostCommand;
import dev.berth.platform.task.TaskHandle;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.tab.SessionTab;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.swing.JFrame;
import javax.swing.JOptionPane;

/** What can be done to sessions, as tasks. */
@OnEdt
final class SessionActions implements SessionsPanel.Actions {

    /** Enough for a desktop to save what it has open. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration FIX_LIMIT = Duration.ofMinutes(30);

    private final WorkbenchFrame window;
    private final JFrame frame;
    private final SessionModel model;

    SessionActions(WorkbenchFrame window, JFrame frame, SessionModel model) {
        this.window = window;
        this.frame = frame;
        this.model = model;
    }

    @Override
    public void open(SessionInfo session) {
        window.show(session);
    }

    @Override
    public void start(SessionInfo session) {
        window.show(session);
        if (session.state() == SessionState.STOPPED || session.state() == SessionState.FAILED) {
            window.tabOf(session.id()).ifPresent(SessionTab::startAgain);
        }
    }

    @Override
    public void stop(SessionInfo session) {
        run(Texts.of("task.stop", session.name()), stopping(session), () -> {});
    }

    private CommandTask stopping(SessionInfo session) {
        return context -> window.services().sessions().stop(session.id(), GRACE, context);
    }

    @Override
    public void remove(SessionInfo session) {
        Object[] choices = {Texts.of("sessions.removeYes"), Texts.of("button.cancel")};
        int answer = JOptionPane.showOptionDialog(
                frame,
                Texts.of("sessions.removeText", session.name()),
                Texts.of("sessions.removeTitle"),
                JOptionPane.YES_NO_OPTION,
                JOptionPane.WARNING_MESSAGE,
                null,
                choices,
                choices[1]);
        if (answer == 0) {
            Optional<SessionTab> tab = window.tabOf(session.id());
            run(
                    Texts.of("task.remove", session.name()),
                    context -> window.services().sessions().remove(session.id(), true, context),
                    () -> tab.ifPresent(window::closeTab));
        }
    }

    /** Stops sessions, then goes on; a session that does not stop is shown as an error and keeps the window open. */
    void stopAll(List<SessionInfo> sessions, Runnable then) {
        run(
                Texts.of("stop.all"),
                context -> {
                    for (SessionInfo session : sessions) {
                        stopping(session).run(context);
                    }
                },
                then);
    }

    /** Runs the command of a remedy, after asking. */
    void fix(Remedy remedy, Runnable retry) {
        List<String> command = HostRights.withRights(remedy.hostCommand());
        Object[] choices = {Texts.of("remedy.run"), Texts.of("button.cancel")};
        int answer = JOptionPane.showOptionDialog(
                frame,
                Texts.of("remedy.text", remedy.text(), String.join(" ", command)),
                Texts.of("remedy.title"),
                JOptionPane.YES_NO_OPTION,
                JOptionPane.QUESTION_MESSAGE,
                null,
                choices,
                choices[0]);
        if (answer == 0) {
            run(
                    remedy.text(),
                    context -> {
                        try {
                            HostCommand.Result result = HostCommand.of(command.toArray(String[]::new))
                                    .within(FIX_LIMIT)
                                    .run(context);
                            result.text().lines().forEach(context.progress()::log);
                            if (!result.ok()) {
                                throw new IOException(result.lastErrors());
                            }
                        } catch (IOException e) {
                            throw new BerthException("remedy.failed", Texts.of("error.command", command.get(0)), e);
                        }
                    },
                    retry);
        }
    }

    /** Runs a task; afterwards {@code then} on the event thread, or the error is shown. */
    void run(String title, CommandTask body, Runnable then) {
        TaskHandle<Boolean> task = window.services().tasks().submit(title, context -> {
            body.run(context);
            return Boolean.TRUE;
        });
        Thread waiter = new Thread(
                () -> {
                    try {
                        task.await();
                        Edt.runLater(then);
                    } catch (BerthException e) {
                        window.showError(e);
                    } catch (InterruptedException e) {
                        // The person cancelled it.
                        Thread.currentThread().interrupt();
                    } finally {
                        Edt.runLater(model::refresh);
                    }
                },
                "berth-task-" + task.snapshot().id());
        waiter.setDaemon(true);
        waiter.start();
    }
}
