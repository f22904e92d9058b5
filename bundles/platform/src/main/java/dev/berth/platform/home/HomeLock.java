/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.home;

import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock that threads and processes share, kept in a file. The operating system releases it when its process dies, so
 * that no lock is ever stale; the file stays and means nothing by itself. Not reentrant.
 */
public final class HomeLock implements AutoCloseable {

    /** Locks of this process: a file lock is held by a process, not by a thread. */
    private static final Map<Path, ReentrantLock> LOCAL = new ConcurrentHashMap<>();

    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;
    private final FileLock lock;
    private final ReentrantLock local;

    private HomeLock(FileChannel channel, FileLock lock, ReentrantLock local) {
        this.channel = channel;
        this.lock = lock;
        this.local = local;
    }

    /**
     * Waits for the lock.
     *
     * @param waiting run once if the lock is not free at once, to tell a person; may do nothing
     */
    public static HomeLock acquire(Path file, Runnable waiting, TaskContext context)
            throws IOException, InterruptedException {
        boolean told = false;
        while (true) {
            Optional<HomeLock> held = tryAcquire(file, told ? POLL_MILLIS : 0);
            if (held.isPresent()) {
                return held.get();
            }
            if (!told) {
                told = true;
                waiting.run();
            }
            context.checkCancelled();
            // The other holder may be another process, of which nothing tells us: ask again.
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Takes the lock if it is free. */
    public static Optional<HomeLock> tryAcquire(Path file) throws IOException, InterruptedException {
        return tryAcquire(file, 0);
    }

    private static Optional<HomeLock> tryAcquire(Path file, long waitMillis) throws IOException, InterruptedException {
        Path path = file.toAbsolutePath().normalize();
        ReentrantLock local = LOCAL.computeIfAbsent(path, key -> new ReentrantLock());
        if (local.isHeldByCurrentThread()) {
            throw new IllegalStateException("lock taken twice by one thread: " + path);
        }
        if (!local.tryLock(waitMillis, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock != null) {
                HomeLock held = new HomeLock(channel, lock, local);
                channel = null;
                local = null;
                return Optional.of(held);
            }
            return Optional.empty();
        } finally {
            if (channel != null) {
                channel.close();
            }
            if (local != null) {
                local.unlock();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Lets go. Must be called by the thread that took the lock. */
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            // Closing the descriptor failed; the lock goes with the process at the latest.
        } finally {
            local.unlock();
        }
    }
}
