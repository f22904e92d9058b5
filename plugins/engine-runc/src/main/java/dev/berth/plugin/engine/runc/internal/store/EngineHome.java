/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the engine keeps what belongs to no single container, under {@code engines/runc} of the Berth home:
 *
 * <pre>
 * containers/ID       one line: the folder of the container
 * images/REFERENCE    what load() found out
 * networks/           see {@code net}
 * volumes/            named volumes
 * helpers/            classes of programs that are run beside Berth
 * state/              the runtimes' own state, one folder per boot
 * </pre>
 */
public final class EngineHome {

    /** In one process a lock file excludes nobody, so there is a lock in memory for each as well. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Path root;

    /** @param berthHome the Berth home; it need not exist yet */
    public EngineHome(Path berthHome) {
        root = berthHome.toAbsolutePath().normalize().resolve("engines/runc");
    }

    /** The engine's folder. */
    public Path root() {
        return root;
    }

    /** Tells this home from others of the same host, in names of control groups. */
    public String mark() {
        return "berth-" + Hashes.brief(root.toString());
    }

    /** The entry of a container in the list. */
    public Path entry(String id) {
        return root.resolve("containers").resolve(id);
    }

    /** Named volumes. */
    public Path volumes() {
        return root.resolve("volumes");
    }

    /** What the engine knows of an image. */
    public Path image(String reference) {
        return root.resolve("images").resolve(reference);
    }

    /** Classes of programs that are run beside Berth. */
    public Path helpers() {
        return root.resolve("helpers");
    }

    /** The state of the router and the networks. */
    public Path networks() {
        return root.resolve("networks");
    }

    /** What a trial run of the runtimes found out. */
    public Path trial() {
        return root.resolve("runtime.properties");
    }

    /** The runtimes' own state. */
    public Path state() {
        return root.resolve("state");
    }

    /** The files of a container by its id; empty when it is not in the list. */
    public Optional<ContainerFiles> find(String id) throws IOException {
        try {
            return Optional.of(files(Path.of(Files.readString(entry(id)).strip())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The files of a container in a folder. */
    public ContainerFiles files(Path folder) {
        return new ContainerFiles(folder, volumes());
    }

    /** Ids of all containers in the list, sorted. */
    public List<String> ids() throws IOException {
        TreeMap<String, Boolean> ids = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve("containers"))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")) {
                    ids.put(name, true);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return List.copyOf(ids.keySet());
    }

    /** Work that one process and one thread at a time may do. */
    @FunctionalInterface
    public interface Locked<T, E extends Exception> {
        /** Does it. */
        T run() throws IOException, InterruptedException, E;
    }

    /** Does some work while holding a lock by name, waiting for it as long as need be. */
    public <T, E extends Exception> T locked(String name, Locked<T, E> work)
            throws IOException, InterruptedException, E {
        Path file = Files.createDirectories(root.resolve("locks")).resolve(name);
        ReentrantLock lock = LOCKS.computeIfAbsent(file, key -> new ReentrantLock());
        lock.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.getHoldCount() == 1 ? wait(channel) : null) {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    private static FileLock wait(FileChannel channel) throws IOException, InterruptedException {
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Another copy of this class in the same process holds it.
            }
            Thread.sleep(5);
        }
    }
}
