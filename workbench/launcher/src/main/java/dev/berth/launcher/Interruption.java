/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the end of the process, asked for from outside (Ctrl-C, SIGTERM), into an interrupt of the main thread, and waits until that has
 * cleaned up.
 */
final class Interruption {

    static final int EXIT_CODE = 130;

    /** A cancelled operation takes well under a second; beyond this the person has waited long enough. */
    private static final long CLEAN_UP_SECONDS = 15;

    private final Thread main;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption(Thread main) {
        this.main = main;
    }

    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::shutdown, "berth-interruption"));
        return interruption;
    }

    /** The main thread has cleaned up and is about to end the process itself. */
    void ended() {
        ended.countDown();
    }

    private void shutdown() {
        if (ended.getCount() == 0) {
            return;
        }
        main.interrupt();
        try {
            if (!ended.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("berth: gave up waiting for the end of what was going on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not exit: that waits for this very hook. The signal's own code (143 for SIGTERM) would depend on how the end
        // was asked for.
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
