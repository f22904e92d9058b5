/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.AnyThread;
import dev.berth.api.ui.edt.Edt;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the stack of the event thread when it keeps others waiting for over 100 ms. Knocks twice a second instead of
 * wrapping the event queue: a replaced queue confuses tools that drive the window.
 */
@AnyThread
final class EdtWatchdog {

    private static final long LIMIT_MILLIS = 100;
    private static final long PERIOD_MILLIS = 500;
    /** On a machine that is short of time all is slow, and one stack says enough. */
    private static final long PAUSE_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(EdtWatchdog.class);

    private EdtWatchdog() {}

    /** Watches the event thread, from which it is called, until the process ends. */
    static void start() {
        Edt.assertOnEdt();
        Thread watched = Thread.currentThread();
        Thread watcher = new Thread(() -> watch(watched), "berth-edt-watchdog");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void watch(Thread watched) {
        try {
            while (watched.isAlive()) {
                Thread.sleep(PERIOD_MILLIS);
                CountDownLatch answered = new CountDownLatch(1);
                Edt.runLater(answered::countDown);
                if (!answered.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    StackTraceElement[] stack = watched.getStackTrace();
                    log.warn("The event thread is busy for over {} ms:\n{}", LIMIT_MILLIS, text(stack));
                    answered.await();
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(StackTraceElement[] stack) {
        return Arrays.stream(stack).limit(40).map(frame -> "    at " + frame).collect(Collectors.joining("\n"));
    }
}
