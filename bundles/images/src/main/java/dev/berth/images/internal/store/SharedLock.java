/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.task.Registration;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locks that many may share and one may have alone, among the threads of all processes. Kept in files like {@code
 * HomeLock}; the operating system releases them when a process dies. Any thread may release.
 */
final class SharedLock {

    private static final long POLL_MILLIS = 20;
    /** A process has one channel for each file: closing a second one would drop the lock of the first. */
    private static final Map<Path, Held> HELD = new HashMap<>();

    private static final class Held {
        final FileChannel channel;
        int users;

        Held(FileChannel channel) {
            this.channel = channel;
        }
    }

    private SharedLock() {}

    /** Waits until nobody has the lock alone, and joins those that share it. */
    static Registration share(Path file) throws IOException, InterruptedException {
        while (true) {
            Optional<Registration> lock = take(file, true);
            if (lock.isPresent()) {
                return lock.get();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Takes the lock alone if nobody else has or shares it. */
    static Optional<Registration> tryAlone(Path file) throws IOException {
        return take(file, false);
    }

    private static Optional<Registration> take(Path file, boolean shared) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        synchronized (HELD) {
            Held held = HELD.get(path);
            if (held != null) {
                if (!shared || held.users < 0) {
                    return Optional.empty();
                }
                held.users++;
                return Optional.of(release(path, held));
            }
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = null;
            try {
                lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                return Optional.empty();
            }
            Held fresh = new Held(channel);
            fresh.users = shared ? 1 : -1;
            HELD.put(path, fresh);
            return Optional.of(release(path, fresh));
        }
    }

    private static Registration release(Path path, Held held) {
        boolean[] open = {true};
        return () -> {
            synchronized (HELD) {
                if (!open[0]) {
                    return;
                }
                open[0] = false;
                held.users = held.users < 0 ? 0 : held.users - 1;
                if (held.users == 0) {
                    HELD.remove(path);
                    try {
                        held.channel.close();
                    } catch (IOException e) {
                        // The lock goes with the process at the latest.
                    }
                }
            }
        };
    }
}
