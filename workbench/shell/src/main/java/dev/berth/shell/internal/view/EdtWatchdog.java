/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.AnyThread;
import dev.berth.api.ui.edt.Edt;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.Conduct;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the event thread: logs its stack when it keeps others waiting for over 100 ms, interrupts a plugin that does not let go of it, and takes
 * note of what plugins throw on it. Knocks twice a second instead of wrapping the event queue: a replaced queue confuses tools that drive the window.
 */
@AnyThread
final class EdtWatchdog implements AutoCloseable {

    private static final long LIMIT_MILLIS = 100;
    private static final long PERIOD_MILLIS = 500;
    /** On a machine that is short of time all is slow, and one stack says enough. */
    private static final long PAUSE_MILLIS = 5_000;

    private static final long LOOK_MILLIS = 200;
    /** A plugin that keeps the window waiting for so long has failed. */
    private static final long MISHAP_MILLIS = 2_000;
    /** Nobody waits longer for a window; most of what blocks can be interrupted. */
    private static final long INTERRUPT_MILLIS = 8_000;

    private static final Logger log = LoggerFactory.getLogger(EdtWatchdog.class);

    private final Conduct conduct;
    /** AWT starts another when one ends, as by an interruption. */
    private volatile Thread watched;

    private final Thread watcher = new Thread(this::watch, "berth-edt-watchdog");
    private volatile boolean over;

    private EdtWatchdog(Conduct conduct, Thread watched) {
        this.conduct = conduct;
        this.watched = watched;
    }

    /** Watches the event thread, from which it is called, until it is closed. */
    static EdtWatchdog start(Conduct conduct) {
        Edt.assertOnEdt();
        EdtWatchdog dog = new EdtWatchdog(conduct, Thread.currentThread());
        dog.answer();
        dog.watcher.setDaemon(true);
        dog.watcher.start();
        return dog;
    }

    @Override
    public void close() {
        over = true;
        watcher.interrupt();
    }

    private void answer() {
        Thread now = Thread.currentThread();
        watched = now;
        now.setUncaughtExceptionHandler((thread, thrown) -> {
            log.error("Something failed on the event thread", thrown);
            conduct.culprit(thrown.getStackTrace()).ifPresent(plugin -> conduct.failed(plugin, thrown));
        });
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                CountDownLatch answered = new CountDownLatch(1);
                Edt.runLater(() -> {
                    if (!over) {
                        answer();
                    }
                    answered.countDown();
                });
                if (!answered.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    log.warn(
                            "The event thread is busy for over {} ms:\n{}",
                            LIMIT_MILLIS,
                            text(watched.getStackTrace()));
                    await(answered);
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the event thread answers; if it is a plugin that keeps it, helps it. */
    private void await(CountDownLatch answered) throws InterruptedException {
        Thread stuck = watched;
        String blamed = "";
        boolean interrupted = false;
        long held = 0;
        while (!answered.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<String> culprit = conduct.culprit(stuck.getStackTrace());
            held = culprit.isPresent() ? held + LOOK_MILLIS : 0;
            if (held >= MISHAP_MILLIS && blamed.isEmpty()) {
                blamed = culprit.orElse("");
                conduct.blocked(blamed, words(MISHAP_MILLIS), false);
            }
            if (held >= INTERRUPT_MILLIS && !interrupted) {
                interrupted = true;
                log.warn("The plugin {} does not let go of the event thread and is interrupted", culprit.orElse(""));
                stuck.interrupt();
                conduct.blocked(culprit.orElse(""), words(INTERRUPT_MILLIS), true);
            }
        }
    }

    private static String words(long millis) {
        return Texts.of("plugin.blocked", millis / 1000);
    }

    private static String text(StackTraceElement... stack) {
        return Arrays.stream(stack).limit(40).map(frame -> "    at " + frame).collect(Collectors.joining("\n"));
    }
}
