/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.SessionException;
import dev.berth.api.image.Digest;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageStore;
import dev.berth.images.StoredImage;
import dev.berth.sessions.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots are images of the store: the image that a session stands on, with the session's changes as one more layer. */
final class Snapshots {

    /** The snapshot that a copy of another session begins with. */
    static final String ORIGIN = "origin";

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private final SessionFiles files;
    private final ImageStore store;

    Snapshots(SessionFiles files, ImageStore store) {
        this.files = files;
        this.store = store;
    }

    private static String prefix(SessionRecord owner) {
        return "snapshot/" + owner.name() + ":";
    }

    /**
     * Keeps what the container of a session is now.
     *
     * @param owner whose snapshot it becomes; another session when that is to be made from it
     */
    Snapshot take(SessionRecord session, Container container, SessionRecord owner, String tag, TaskContext context)
            throws BerthException, InterruptedException {
        if (!TAG.matcher(tag).matches()) {
            throw new SessionException(
                    "snapshot.tag",
                    ErrorKind.INVALID,
                    "A snapshot cannot be named " + tag + ".",
                    "",
                    Remedy.advice("Use letters, digits, hyphens, dots and underscores."),
                    null);
        }
        boolean frozen = freeze(container);
        try {
            StoredImage image = store.derive(
                    Digest.parse(session.image()),
                    prefix(owner) + tag,
                    "snapshot " + tag + " of the session " + session.name(),
                    out -> container.exportChanges(out, context),
                    context);
            return new Snapshot(tag, image.digest(), image.created());
        } finally {
            if (frozen) {
                thaw(container);
            }
        }
    }

    private static boolean freeze(Container container) throws EngineException, InterruptedException {
        if (container.state() != ContainerState.RUNNING) {
            return false;
        }
        try {
            container.pause();
            return true;
        } catch (EngineException e) {
            LOG.info("The snapshot is taken while the session goes on: {}", e.summary());
            return false;
        }
    }

    /** Also after a cancel: nobody would look for a desktop that stays frozen. */
    private static void thaw(Container container) throws EngineException, InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            container.resume();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All of a session, oldest first. */
    List<Snapshot> of(SessionRecord owner) throws BerthException, InterruptedException {
        String prefix = prefix(owner);
        List<Snapshot> all = new ArrayList<>();
        for (StoredImage image : store.images()) {
            for (String name : image.names()) {
                if (name.startsWith(prefix)) {
                    all.add(new Snapshot(name.substring(prefix.length()), image.digest(), image.created()));
                }
            }
        }
        all.sort(Comparator.comparing(Snapshot::created).thenComparing(Snapshot::tag));
        return all;
    }

    Snapshot find(SessionRecord owner, String tag) throws BerthException, InterruptedException {
        List<Snapshot> all = of(owner);
        return all.stream()
                .filter(snapshot -> snapshot.tag().equals(tag))
                .findFirst()
                .orElseThrow(() -> new SessionException(
                        "snapshot.unknown",
                        ErrorKind.INVALID,
                        "The session " + owner.name() + " has no snapshot named " + tag + ".",
                        "",
                        Remedy.advice(
                                all.isEmpty()
                                        ? "It has none; berth session snapshot " + owner.name() + " TAG takes one."
                                        : "It has: "
                                                + String.join(
                                                        ", ",
                                                        all.stream()
                                                                .map(Snapshot::tag)
                                                                .toList())),
                        null));
    }

    void remove(SessionRecord owner, String tag, TaskContext context) throws BerthException, InterruptedException {
        find(owner, tag);
        store.remove(prefix(owner) + tag, this::inUse, context);
    }

    /** With their session. One that another session stands on stays, as an image, until that is gone. */
    void removeAll(SessionRecord owner, TaskContext context) throws BerthException, InterruptedException {
        for (Snapshot snapshot : of(owner)) {
            if (!inUse(snapshot.image())) {
                store.remove(prefix(owner) + snapshot.tag(), this::inUse, context);
            }
        }
    }

    private boolean inUse(Digest image) {
        try {
            return files.all().stream().anyMatch(record -> record.image().equals(image.toString()));
        } catch (IOException e) {
            LOG.warn("Nobody knows which sessions there are; nothing is removed", e);
            return true;
        }
    }
}
