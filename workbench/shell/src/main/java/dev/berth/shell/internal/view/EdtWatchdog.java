/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.AnyThread;
import java.awt.AWTEvent;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the stack of the event thread when one event keeps it for over 100 ms. */
@AnyThread
final class EdtWatchdog extends EventQueue {

    private static final long LIMIT_MILLIS = 100;
    private static final long CHECK_MILLIS = 50;
    private static final Logger log = LoggerFactory.getLogger(EdtWatchdog.class);

    /** When the event under way began, in nanoseconds; 0 between events. */
    private final AtomicLong since = new AtomicLong();

    private volatile @Nullable Thread eventThread;

    private EdtWatchdog() {}

    /** Watches from now on, until the process ends. */
    static void start() {
        EdtWatchdog queue = new EdtWatchdog();
        Toolkit.getDefaultToolkit().getSystemEventQueue().push(queue);
        Thread watcher = new Thread(queue::watch, "berth-edt-watchdog");
        watcher.setDaemon(true);
        watcher.start();
    }

    @Override
    protected void dispatchEvent(AWTEvent event) {
        eventThread = Thread.currentThread();
        since.set(System.nanoTime() | 1);
        try {
            super.dispatchEvent(event);
        } finally {
            since.set(0);
        }
    }

    private void watch() {
        long told = 0;
        try {
            while (true) {
                Thread.sleep(CHECK_MILLIS);
                long began = since.get();
                Thread busy = eventThread;
                long millis = (System.nanoTime() - began) / 1_000_000;
                if (began != 0 && began != told && millis > LIMIT_MILLIS && busy != null) {
                    StackTraceElement[] stack = busy.getStackTrace();
                    if (since.get() == began) {
                        told = began;
                        log.warn("The event thread has been busy for {} ms:\n{}", millis, text(stack));
                    }
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
