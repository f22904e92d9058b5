/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.sessions.SessionManager;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of this home as last heard. */
@OnEdt
public final class SessionModel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionModel.class);

    private final SessionManager manager;
    private final Background background;
    private final Registration registration;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private List<SessionInfo> sessions = List.of();
    private boolean loaded;
    private boolean asking;
    private boolean askAgain;
    private boolean closed;

    /** Listens from now on; {@link #refresh} fetches the first list. */
    public SessionModel(SessionManager manager, Background background) {
        this.manager = manager;
        this.background = background;
        registration = manager.onChange(session -> Edt.runLater(this::refresh));
    }

    /** Fetches the list anew; requests that come while one is under way become one. */
    public void refresh() {
        if (closed) {
            return;
        }
        if (asking) {
            askAgain = true;
            return;
        }
        asking = true;
        background.ask(
                manager::sessions,
                fresh -> {
                    sessions = List.copyOf(fresh);
                    loaded = true;
                    answered();
                },
                error -> {
                    log.warn("The sessions cannot be listed: {}", error.summary(), error);
                    loaded = true;
                    answered();
                });
    }

    private void answered() {
        asking = false;
        listeners.forEach(Runnable::run);
        if (askAgain) {
            askAgain = false;
            refresh();
        }
    }

    /** The sessions, oldest first. */
    public List<SessionInfo> sessions() {
        return sessions;
    }

    /** Whether the list was fetched at least once. */
    public boolean loaded() {
        return loaded;
    }

    /** A session by its id or name. */
    public Optional<SessionInfo> find(String idOrName) {
        return sessions.stream()
                .filter(session ->
                        session.id().equals(idOrName) || session.name().equals(idOrName))
                .findFirst();
    }

    /** Tells of each new list, on the event thread. */
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        closed = true;
        registration.close();
        listeners.clear();
    }
}
