/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.internal.SessionRecord.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out how sessions stand, and mends the records of those whose Berth died while it worked on them. */
final class SessionStates {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStates.class);

    private final SessionFiles files;
    private final Supplier<List<ContainerEngine>> engines;

    SessionStates(SessionFiles files, Supplier<List<ContainerEngine>> engines) {
        this.files = files;
        this.engines = engines;
    }

    /** The container of a session, in whatever state. */
    Optional<Container> container(SessionRecord record, TaskContext context)
            throws BerthException, InterruptedException {
        Optional<ContainerEngine> engine = Engines.find(engines.get(), record.engine());
        return engine.isEmpty() ? Optional.empty() : engine.get().find(record.id(), context);
    }

    /** How a session stands; empty when nothing is left of it. */
    Optional<SessionInfo> look(SessionRecord record) throws InterruptedException {
        boolean transit = record.phase() == Phase.STARTING || record.phase() == Phase.STOPPING;
        ContainerState now = ContainerState.REMOVED;
        try {
            Optional<Container> container = container(record, TaskContext.silent());
            now = container.isEmpty() ? ContainerState.REMOVED : container.get().state();
        } catch (BerthException e) {
            LOG.warn("The engine {} does not tell how session {} stands", record.engine(), record.id(), e);
        }
        boolean up = now == ContainerState.RUNNING || now == ContainerState.PAUSED;
        boolean recordedUp = record.phase() == Phase.UP;
        if (!transit && up == recordedUp) {
            return Optional.of(record.info(settled(record, now)));
        }
        try {
            return mend(record.id());
        } catch (IOException e) {
            LOG.warn("The record of session {} cannot be mended", record.id(), e);
            return Optional.of(record.info(settled(record, now)));
        }
    }

    private static SessionState settled(SessionRecord record, ContainerState now) {
        return switch (now) {
            case RUNNING -> SessionState.RUNNING;
            case PAUSED -> SessionState.PAUSED;
            default -> record.phase() == Phase.FAILED ? SessionState.FAILED : SessionState.STOPPED;
        };
    }

    /** Brings a record in line with its container, unless somebody is at work on the session. */
    private Optional<SessionInfo> mend(String id) throws IOException, InterruptedException {
        Optional<SessionFiles.Hold> hold = files.tryHold(id);
        if (hold.isEmpty()) {
            // Somebody works on it, or looks at it like we do.
            Optional<SessionRecord> record = files.read(id);
            return record.map(busy -> busy.info(
                    switch (busy.phase()) {
                        case STARTING -> SessionState.STARTING;
                        case STOPPING, UP -> SessionState.STOPPING;
                        case DOWN -> SessionState.STOPPED;
                        case FAILED -> SessionState.FAILED;
                    }));
        }
        try (SessionFiles.Hold ignored = hold.get()) {
            // Read again: who held it may have finished meanwhile.
            Optional<SessionRecord> read = files.read(id);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            SessionRecord record = read.get();
            Optional<Container> container = container(record, TaskContext.silent());
            ContainerState now = container.isEmpty()
                    ? ContainerState.REMOVED
                    : container.get().state();
            return mended(record, container, now);
        } catch (BerthException e) {
            LOG.warn("The engine does not tell how session {} stands", id, e);
            return files.read(id).map(record -> record.info(settled(record, ContainerState.STOPPED)));
        }
    }

    private Optional<SessionInfo> mended(SessionRecord record, Optional<Container> container, ContainerState now)
            throws BerthException, IOException, InterruptedException {
        if (now == ContainerState.RUNNING || now == ContainerState.PAUSED) {
            if (record.phase() != Phase.UP) {
                // Its starter or stopper died; the session did not.
                files.write(record.with(Phase.UP));
            }
            return Optional.of(record.info(settled(record, now)));
        }
        if (record.phase() == Phase.STARTING && container.isEmpty()
                || record.ephemeral() && record.phase() != Phase.FAILED) {
            // Nothing of worth was made, or nothing was to be kept.
            if (container.isPresent()) {
                container.get().remove(TaskContext.silent());
            }
            files.delete(record.id());
            return Optional.empty();
        }
        SessionRecord next = switch (record.phase()) {
            case STARTING -> record.with(Phase.FAILED, "Berth ended while it started the session.");
            case UP -> ended(record, container);
            case STOPPING -> record.with(Phase.DOWN);
            case DOWN, FAILED -> record;
        };
        if (!next.equals(record)) {
            files.write(next);
        }
        return Optional.of(next.info(settled(next, now)));
    }

    /** A session that was up and is not: the person logged out, the host went down, or something broke. */
    private static SessionRecord ended(SessionRecord record, Optional<Container> container)
            throws BerthException, InterruptedException {
        if (container.isEmpty() || container.get().exitCode().orElse(0) == 0) {
            return record.with(Phase.DOWN);
        }
        int code = container.get().exitCode().orElse(0);
        String why = GuestScript.failure(GuestScript.logTail(container.get()))
                .orElse("The session ended with status " + code + ".");
        return record.with(Phase.FAILED, why);
    }
}
