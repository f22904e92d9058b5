/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.audio.AudioSettings;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.CursorImage;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.edt.Edt;
import dev.berth.platform.task.TaskBody;
import dev.berth.platform.task.TaskHandle;
import dev.berth.platform.task.TaskSnapshot;
import dev.berth.sessions.SessionDisplay;
import dev.berth.sessions.SessionRequest;
import dev.berth.shell.internal.files.FileDrop;
import dev.berth.shell.internal.kit.Texts;
import java.awt.BorderLayout;
import java.util.List;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tab: boots a session or finds it, joins its display, shows it, and says so when it ends. */
@OnEdt
public final class SessionTab extends JPanel {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTab.class);

    private final transient Shell shell;
    private final transient TabMessages messages;
    private String title;
    private String icon = "sessions";
    private transient @Nullable SessionInfo session;
    private transient @Nullable DisplayLink link;
    private transient @Nullable DesktopView desktop;
    private transient @Nullable Registration watching;
    private transient @Nullable AudioStream sound;
    private boolean closed;

    private SessionTab(Shell shell, String title) {
        super(new BorderLayout());
        this.shell = shell;
        this.title = title;
        messages = new TabMessages(shell, () -> shell.closeTab(this));
        setName("sessionTab");
    }

    /** A tab that starts a new session of a recipe. */
    public static SessionTab starting(Shell shell, String recipe, String recipeTitle) {
        return starting(shell, SessionRequest.of(recipe), recipeTitle);
    }

    /** A tab that starts a new session as it is asked for. */
    public static SessionTab starting(Shell shell, SessionRequest request, String title) {
        SessionTab tab = new SessionTab(shell, title);
        tab.start(request);
        return tab;
    }

    /** A tab for a session that exists. */
    public static SessionTab of(Shell shell, SessionInfo session) {
        SessionTab tab = new SessionTab(shell, session.name());
        tab.open(session);
        return tab;
    }

    /** A tab for any display by its address. */
    public static SessionTab viewing(Shell shell, String address, Credentials credentials) {
        SessionTab tab = new SessionTab(shell, address);
        tab.icon = "plug";
        tab.view(address, credentials);
        return tab;
    }

    /** Gives the keyboard to the desktop, if there is one yet. */
    @Override
    public boolean requestFocusInWindow() {
        return desktop == null ? super.requestFocusInWindow() : desktop.canvas().requestFocusInWindow();
    }

    /** What stands on the tab. */
    public String title() {
        return title;
    }

    /** The name of the tab's icon: a tab that is not in front shows an open microphone too. */
    public String icon() {
        return desktop != null && desktop.microphoneOn() ? "microphoneOn" : icon;
    }

    /** The session, once it is known. */
    public Optional<SessionInfo> session() {
        return Optional.ofNullable(session);
    }

    /** The desktop, once there is a picture. */
    public Optional<DesktopView> desktop() {
        return Optional.ofNullable(desktop);
    }

    /** Leaves the display. The session goes on, and so does a start that is under way. */
    public void close() {
        closed = true;
        leave();
    }

    /** Starts the session again, if the tab has one that does not run. */
    public void startAgain() {
        if (session != null) {
            String name = session.name();
            boot(
                    Texts.of("boot.starting", name),
                    session.recipe(),
                    context -> shell.services().sessions().restart(name, context),
                    this::startAgain);
        }
    }

    /** The session has another state than it had. */
    public void sessionChanged(SessionInfo now) {
        session = now;
        boolean down = now.state() == SessionState.STOPPED || now.state() == SessionState.FAILED;
        if (down && desktop != null) {
            leave();
            showStopped(now);
        }
    }

    private void leave() {
        if (watching != null) {
            watching.close();
            watching = null;
        }
        if (sound != null) {
            sound.close();
            sound = null;
        }
        if (desktop != null) {
            desktop.sound(null);
            desktop.detach();
            desktop = null;
        }
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private void show(JComponent view) {
        removeAll();
        add(view, BorderLayout.CENTER);
        revalidate();
        repaint();
        shell.tabChanged(this);
    }

    // ---- starting

    private void start(SessionRequest request) {
        boot(
                title,
                Texts.of("boot.first"),
                context -> shell.services().sessions().start(request, context),
                () -> start(request));
    }

    private void boot(String headline, String subtitle, TaskBody<SessionInfo> body, Runnable retry) {
        leave();
        TaskHandle<SessionInfo> task = shell.services().tasks().submit(Texts.of("boot.task", headline), body);
        BootView view = new BootView(headline, subtitle, shell.icons(), task::cancel);
        show(view);
        long id = task.snapshot().id();
        Registration progress = shell.services().tasks().onChange(snapshot -> {
            if (snapshot.id() == id) {
                Edt.runLater(() -> view.update(snapshot));
            }
        });
        watching = progress;
        view.update(task.snapshot());
        // Waits as long as the start takes: its own thread, not one of the few for short questions.
        Thread waiter = new Thread(() -> await(task, retry), "berth-start-" + id);
        waiter.setDaemon(true);
        waiter.start();
    }

    private void await(TaskHandle<SessionInfo> task, Runnable retry) {
        try {
            SessionInfo started = task.await();
            Edt.runLater(() -> unlessClosed(() -> {
                TaskSnapshot last = task.snapshot();
                if (getComponentCount() > 0 && getComponent(0) instanceof BootView view) {
                    view.update(last);
                }
                open(started);
            }));
        } catch (BerthException e) {
            Edt.runLater(() -> unlessClosed(() -> fail(e, retry)));
        } catch (InterruptedException e) {
            Edt.runLater(() -> unlessClosed(() -> showCancelled(retry)));
        }
    }

    private void unlessClosed(Runnable then) {
        if (!closed) {
            then.run();
        }
    }

    // ---- joining

    private void open(SessionInfo known) {
        session = known;
        title = known.name();
        if (known.state() == SessionState.STOPPED || known.state() == SessionState.FAILED) {
            showStopped(known);
            return;
        }
        join(
                (frame, listener, context) -> shell.services().sessions().join(known.id(), frame, listener, context),
                () -> open(known));
    }

    private void view(String address, Credentials credentials) {
        join(
                (frame, listener, context) ->
                        shell.services().sessions().view(address, credentials, frame, listener, context),
                () -> view(address, credentials));
    }

    private void join(DisplayLink.Joiner joiner, Runnable retry) {
        if (getComponentCount() == 0 || !(getComponent(0) instanceof BootView)) {
            show(MessageView.plain(shell.icons().of("plug", 32), title, Texts.of("tab.joining"), List.of()));
        }
        if (link != null) {
            link.close();
        }
        DisplayLink next = new DisplayLink(shell, new LinkWatcher(retry));
        link = next;
        next.join(joiner);
        shell.tabChanged(this);
    }

    /** Joins the sound of a session that is shown. A desktop without sound is still a desktop, so no error is shown. */
    private void hear() {
        SessionInfo known = session;
        DesktopView shown = desktop;
        if (known == null) {
            return;
        }
        shell.background()
                .ask(
                        () -> shell.services()
                                .sessions()
                                .attachAudio(known.id(), AudioSettings.defaults(), TaskContext.silent()),
                        joined -> joined.ifPresent(stream -> {
                            if (closed || shown == null || desktop != shown || sound != null) {
                                stream.close();
                            } else {
                                sound = stream;
                                shown.sound(stream);
                            }
                        }),
                        error -> LOG.warn("The sound of {} cannot be joined: {}", known.name(), error.summary()));
    }

    private final class LinkWatcher implements DisplayLink.Watcher {
        private final Runnable retry;

        LinkWatcher(Runnable retry) {
            this.retry = retry;
        }

        @Override
        public void firstFrame(SessionDisplay display) {
            if (watching != null) {
                watching.close();
                watching = null;
            }
            DesktopView view = new DesktopView(shell, display, title, () -> shell.tabChanged(SessionTab.this));
            view.canvas()
                    .setTransferHandler(
                            new FileDrop(files -> session().ifPresent(it -> shell.filesDropped(it, files))));
            desktop = view;
            show(view);
            view.canvas().requestFocusInWindow();
            shell.mark("firstFrame");
            hear();
        }

        @Override
        public void cursor(CursorImage cursor) {
            if (desktop != null) {
                desktop.canvas().guestCursor(cursor);
            }
        }

        @Override
        public void away(BerthException cause) {
            if (desktop != null) {
                desktop.away(cause);
            }
        }

        @Override
        public void back() {
            if (desktop != null) {
                desktop.back();
            }
        }

        @Override
        public void ended(@Nullable BerthException cause) {
            unlessClosed(() -> displayEnded(cause, retry));
        }
    }

    /** The connection broke: because the session ended, or by itself. The session's state tells. */
    private void displayEnded(@Nullable BerthException cause, Runnable retry) {
        leave();
        SessionInfo known = session;
        if (known == null) {
            showDisconnected(cause, retry);
            return;
        }
        shell.background()
                .ask(
                        () -> shell.services().sessions().find(known.id()),
                        found -> unlessClosed(() -> {
                            if (found.isEmpty()) {
                                shell.closeTab(this);
                            } else if (found.get().state() == SessionState.RUNNING) {
                                showDisconnected(cause, retry);
                            } else {
                                session = found.get();
                                showStopped(found.get());
                            }
                        }),
                        error -> unlessClosed(() -> showDisconnected(cause, retry)));
    }

    // ---- messages

    private void fail(BerthException error, Runnable retry) {
        leave();
        show(messages.error(error, retry));
    }

    private void showCancelled(Runnable retry) {
        leave();
        show(messages.cancelled(retry));
    }

    private void showDisconnected(@Nullable BerthException cause, Runnable retry) {
        if (cause == null) {
            show(messages.disconnected(retry));
        } else {
            fail(cause, retry);
        }
    }

    private void showStopped(SessionInfo known) {
        show(messages.stopped(known, this::startAgain));
        if (known.state() == SessionState.FAILED) {
            showWhy(known);
        }
    }

    private void showWhy(SessionInfo known) {
        shell.background()
                .ask(
                        () -> shell.services().sessions().failure(known.id()),
                        why -> unlessClosed(() -> {
                            if (known.equals(session) && desktop == null && !why.isEmpty()) {
                                show(messages.failed(known, why, this::startAgain));
                            }
                        }),
                        error -> {});
    }
}
