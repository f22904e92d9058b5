/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the archive of loaded classes written ({@link Training}) once a Berth that started without one has run for a while: by a command
 * of its own, at the lowest priority, in a home that is thrown away. It ends with this Berth.
 */
final class FirstTraining {

    /** A window is up and idle by then; a command is over. */
    static final Duration AFTER = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(FirstTraining.class);

    private final Path launcher;
    private final Path home;
    private @Nullable Process process;
    private boolean over;

    private FirstTraining(Path launcher, Path home) {
        this.launcher = launcher;
        this.home = home;
    }

    /** Does nothing unless the launch script says {@code -Dberth.untrained=true}: no archive, and a place for one. */
    static void begin(Install install, Path home) {
        if (Boolean.getBoolean("berth.untrained")) {
            begin(install.folder().resolve("bin").resolve("berth"), home, AFTER);
        }
    }

    static Thread begin(Path launcher, Path home, Duration after) {
        FirstTraining training = new FirstTraining(launcher, home);
        Thread thread = new Thread(() -> training.run(after), "berth-training");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void run(Duration after) {
        try {
            Thread.sleep(after.toMillis());
            Path temporary = home.resolve("cache").resolve("training");
            // One that was killed left it.
            CacheSlot.delete(temporary);
            Files.createDirectories(temporary);
            Thread end = new Thread(() -> end(temporary), "berth-training-end");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                train(temporary);
            } finally {
                end(temporary);
                Runtime.getRuntime().removeShutdownHook(end);
            }
        } catch (IOException e) {
            LOG.info(
                    "The archive of classes is not written, so Berth starts as slowly the next time: {}", e.toString());
        } catch (IllegalStateException e) {
            // Berth is ending.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void train(Path temporary) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            command.addAll(List.of("/usr/bin/nice", "-n", "19"));
        }
        command.addAll(List.of(launcher.toString(), "session", "ls", "--json"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("BERTH_TRAIN", "1", "BERTH_HOME", temporary.toString()));
        Process started;
        synchronized (this) {
            if (over) {
                return;
            }
            started = builder.start();
            process = started;
        }
        LOG.debug("The training ended with code {}", started.waitFor());
    }

    private void end(Path temporary) {
        Process running;
        synchronized (this) {
            over = true;
            running = process;
        }
        if (running != null) {
            // The script's own child is the JVM.
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
        try {
            if (running != null) {
                running.waitFor();
            }
            CacheSlot.delete(temporary);
        } catch (IOException e) {
            LOG.info("The folder {} of the training stays: {}", temporary, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
