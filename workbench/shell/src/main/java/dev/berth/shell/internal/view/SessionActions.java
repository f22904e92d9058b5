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
import dev.berth.sessions.Snapshot;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.tab.SessionTab;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JFrame;
import javax.swing.JOptionPane;

/** What can be done to sessions, as tasks. */
@OnEdt
final class SessionActions {

    /** Enough for a desktop to save what it has open. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm", Locale.ROOT);

    private static final Duration FIX_LIMIT = Duration.ofMinutes(30);

    private final WorkbenchFrame window;
    private final JFrame frame;
    private final SessionModel model;

    SessionActions(WorkbenchFrame window, JFrame frame, SessionModel model) {
        this.window = window;
        this.frame = frame;
        this.model = model;
    }

    public void open(SessionInfo session) {
        window.show(session);
    }

    public void start(SessionInfo session) {
        window.show(session);
        if (session.state() == SessionState.STOPPED || session.state() == SessionState.FAILED) {
            window.tabOf(session.id()).ifPresent(SessionTab::startAgain);
        }
    }

    public void stop(SessionInfo session) {
        run(Texts.of("task.stop", session.name()), stopping(session), () -> {});
    }

    private CommandTask stopping(SessionInfo session) {
        return context -> window.services().sessions().stop(session.id(), GRACE, context);
    }

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

    public void pause(SessionInfo session) {
        run(
                Texts.of("task.pause", session.name()),
                context -> window.services().sessions().pause(session.id(), context),
                () -> {});
    }

    public void resume(SessionInfo session) {
        run(
                Texts.of("task.resume", session.name()),
                context -> window.services().sessions().resume(session.id(), context),
                () -> {});
    }

    public void snapshot(SessionInfo session) {
        NameDialog.ask(
                        frame,
                        Texts.of("snapshot.title", session.name()),
                        Texts.of("snapshot.tag"),
                        Texts.of("snapshot.take"),
                        STAMP.format(LocalDateTime.now()))
                .ifPresent(tag -> run(
                        Texts.of("task.snapshot", session.name()),
                        context -> window.services().sessions().snapshot(session.id(), tag, context),
                        () -> window.notify(Texts.of("snapshot.taken", tag))));
    }

    public void restore(SessionInfo session, Snapshot snapshot) {
        if (sure("restore", Texts.of("snapshot.restoreText", session.name(), snapshot.tag()))) {
            run(
                    Texts.of("task.restore", session.name()),
                    context -> window.services().sessions().restore(session.id(), snapshot.tag(), context),
                    () -> window.notify(Texts.of("snapshot.restored", session.name(), snapshot.tag())));
        }
    }

    public void removeSnapshot(SessionInfo session, Snapshot snapshot) {
        if (sure("remove", Texts.of("snapshot.removeText", snapshot.tag(), session.name()))) {
            run(
                    Texts.of("task.removeSnapshot", snapshot.tag()),
                    context -> window.services().sessions().removeSnapshot(session.id(), snapshot.tag(), context),
                    () -> {});
        }
    }

    public void copy(SessionInfo session) {
        NameDialog.ask(
                        frame,
                        Texts.of("copy.title", session.name()),
                        Texts.of("copy.name"),
                        Texts.of("copy.make"),
                        session.name() + "-2")
                .ifPresent(name -> {
                    AtomicReference<SessionInfo> made = new AtomicReference<>();
                    run(
                            Texts.of("task.copy", session.name()),
                            context -> made.set(window.services().sessions().copy(session.id(), name, false, context)),
                            () -> Optional.ofNullable(made.get()).ifPresent(window::show));
                });
    }

    private boolean sure(String what, String question) {
        Object[] choices = {Texts.of("snapshot." + what + "Yes"), Texts.of("button.cancel")};
        return JOptionPane.showOptionDialog(
                        frame,
                        question,
                        Texts.of("snapshot." + what + "Title"),
                        JOptionPane.YES_NO_OPTION,
                        JOptionPane.WARNING_MESSAGE,
                        null,
                        choices,
                        choices[1])
                == 0;
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
