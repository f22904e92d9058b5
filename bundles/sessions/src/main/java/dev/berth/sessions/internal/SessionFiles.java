/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.SessionException;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of the sessions under a Berth home, and the locks of those that somebody works on. */
final class SessionFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SessionFiles.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final String RECORD = "session.json";

    private final BerthHome home;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    SessionFiles(BerthHome home) {
        this.home = home;
    }

    Path folder(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not a session id: " + id);
        }
        return home.sessions().resolve(id);
    }

    Path runFolder(String id) {
        return folder(id).resolve("run");
    }

    /** Makes the folders of a new session. Nobody else on this host may enter them: sockets and changed files lie there. */
    void create(String id) throws IOException {
        Path folder = folder(id);
        home.ensure(home.sessions());
        Files.createDirectory(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        prepare(id);
    }

    /** Makes what a container needs in its session's folder, where it is missing. */
    void prepare(String id) throws IOException {
        Files.createDirectories(runFolder(id));
        Files.createDirectories(folder(id).resolve("logs"));
    }

    /** All readable records, oldest first. */
    List<SessionRecord> all() throws IOException {
        List<SessionRecord> records = new ArrayList<>();
        if (!Files.isDirectory(home.sessions())) {
            return records;
        }
        try (Stream<Path> folders = Files.list(home.sessions())) {
            for (Path folder : (Iterable<Path>) folders::iterator) {
                String id = String.valueOf(folder.getFileName());
                if (ID.matcher(id).matches()) {
                    read(id).ifPresent(records::add);
                }
            }
        }
        records.sort(Comparator.comparing(SessionRecord::created).thenComparing(SessionRecord::id));
        return records;
    }

    /** A session's record; empty when it is gone or nobody can make sense of it. */
    Optional<SessionRecord> read(String id) throws IOException {
        try {
            SessionRecord record = RecordJson.read(Files.readString(folder(id).resolve(RECORD)));
            if (!record.id().equals(id)) {
                LOG.warn("The record in {} is of another session, {}; left alone", folder(id), record.id());
                return Optional.empty();
            }
            return Optional.of(record);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.warn("The record in {} cannot be read and is left alone", folder(id), e);
            return Optional.empty();
        }
    }

    void write(SessionRecord record) throws IOException {
        AtomicFiles.write(folder(record.id()).resolve(RECORD), RecordJson.write(record));
    }

    void delete(String id) throws IOException {
        AtomicFiles.deleteTree(folder(id));
        Files.deleteIfExists(lockFile(id));
    }

    /** The lock under which names are given out. */
    Path namesLock() {
        return home.locks().resolve("sessions.lock");
    }

    private Path lockFile(String id) {
        return home.locks().resolve("session-" + id + ".lock");
    }

    /** Takes a session for a change; empty when somebody else changes it. The same thread must close it. */
    Optional<Hold> tryHold(String id) throws IOException, InterruptedException {
        if (held.contains(id)) {
            return Optional.empty();
        }
        Optional<HomeLock> lock = HomeLock.tryAcquire(lockFile(id));
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        held.add(id);
        return Optional.of(new Hold(id, lock.get()));
    }

    /**
     * Takes a session for a change, waiting shortly: who only looks at a session holds it for an instant.
     *
     * @throws SessionException if somebody else changes it
     */
    Hold hold(SessionRecord record) throws SessionException, IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            Optional<Hold> hold = tryHold(record.id());
            if (hold.isPresent()) {
                return hold.get();
            }
            Thread.sleep(50);
        }
        throw new SessionException(
                "session.busy",
                ErrorKind.FAILED,
                "The session " + record.name() + " is being started or stopped by another Berth.",
                "",
                Remedy.advice("Wait until it is done."),
                null);
    }

    /** A session taken for a change. */
    final class Hold implements AutoCloseable {
        private final String id;
        private final HomeLock lock;

        private Hold(String id, HomeLock lock) {
            this.id = id;
            this.lock = lock;
        }

        @Override
        public void close() {
            held.remove(id);
            lock.close();
        }
    }
}
