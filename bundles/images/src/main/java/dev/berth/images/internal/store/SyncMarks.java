/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.images.internal.unpack.FileSystemSync;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells unpacked layers that are safely on the disk from those that a power cut may have torn. Making a hundred thousand
 * files durable one by one would take longer than unpacking them, so a layer is marked with the running boot until the
 * whole file system was written out behind everybody's back; a mark of another boot means that the layer is not trusted.
 */
final class SyncMarks {

    private static final Logger LOG = LoggerFactory.getLogger(SyncMarks.class);
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private final BerthHome home;

    SyncMarks(BerthHome home) {
        this.home = home;
    }

    private Path folder() {
        return home.rootfs().resolve(".unsynced");
    }

    private static String boot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    /** Before a layer gets its name. */
    void mark(Path tree) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve(tree.getFileName()), boot());
    }

    /** Whether the layer is whole, as far as can be known. */
    boolean trusted(Path tree) {
        try {
            String marked =
                    Files.readString(folder().resolve(tree.getFileName())).strip();
            boolean same = marked.equals(boot());
            if (same) {
                sync();
            }
            return same;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            LOG.warn("Cannot tell whether {} was written out", tree, e);
            return false;
        }
    }

    void forget(Path tree) throws IOException {
        Files.deleteIfExists(folder().resolve(tree.getFileName()));
    }

    /** Writes the file system out on a thread of its own, and takes away the marks of layers that were there before. */
    void sync() {
        if (!RUNNING.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(this::run, "berth-image-sync");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            List<Path> marks = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder())) {
                files.forEach(marks::add);
            }
            String boot = boot();
            if (marks.isEmpty() || !FileSystemSync.sync(home.rootfs())) {
                return;
            }
            for (Path mark : marks) {
                if (boot.equals(Files.readString(mark).strip())) {
                    Files.deleteIfExists(mark);
                }
            }
        } catch (NoSuchFileException e) {
            // Another process has done it, or the home is gone.
        } catch (IOException e) {
            LOG.warn("Cannot write unpacked layers out", e);
        } finally {
            RUNNING.set(false);
        }
    }
}
