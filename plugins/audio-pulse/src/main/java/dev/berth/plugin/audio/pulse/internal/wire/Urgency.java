/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the system to run a thread as soon as it has something to do, as sound servers do for theirs. On a busy machine a
 * thread without that comes 10 ms late now and then, and each of them would have to be buffered. Where it is not granted,
 * sound is buffered for longer.
 */
public final class Urgency {

    private static final Logger LOG = LoggerFactory.getLogger(Urgency.class);
    private static final long LONGEST_SECONDS = 5;
    /** PulseAudio's own choice: above what others ask for, below what keeps the system going. */
    private static final String REAL_TIME = "5";

    private static final String NICE = "-11";

    private static final AtomicBoolean JVM_ASKED = new AtomicBoolean();

    private Urgency() {}

    /** Makes the thread that calls this an urgent one, a moment later. */
    public static void ask() {
        Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
        String id;
        try {
            id = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                    .getFileName()
                    .toString();
        } catch (IOException | UnsupportedOperationException | InvalidPathException e) {
            // Not Linux: the priority must do.
            return;
        }
        Thread asker = new Thread(
                () -> {
                    // Where it is refused for one thread it is for all.
                    if (ask(id) && !JVM_ASKED.getAndSet(true)) {
                        threadsOfTheJvm().forEach(Urgency::ask);
                    }
                },
                "berth-audio-urgency");
        asker.setDaemon(true);
        asker.start();
    }

    /**
     * The threads of the JVM itself that all others wait for: at a safepoint, an urgent thread stands until these have
     * had their turn.
     */
    private static List<String> threadsOfTheJvm() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(Urgency::holdsOthersUp)
                    .map(task -> task.getFileName().toString())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("The threads of the JVM cannot be listed: {}", e.toString());
            return List.of();
        }
    }

    private static boolean holdsOthersUp(Path task) {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            return name.equals("VM Thread") || name.startsWith("GC Thread#");
        } catch (IOException e) {
            // It has just ended.
            return false;
        }
    }

    private static boolean ask(String id) {
        try {
            boolean granted = run(List.of("chrt", "--rr", "--reset-on-fork", "--pid", REAL_TIME, id))
                    || run(List.of("renice", "-n", NICE, "-p", id));
            LOG.debug("Thread {} is {}urgent", id, granted ? "" : "not ");
            return granted;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            LOG.debug("{} cannot be run: {}", command.get(0), e.toString());
            return false;
        }
    }
}
