/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import dev.berth.api.display.DisplayConnection;
import java.awt.Dimension;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the guest for the size of the view, once the view has kept it for a moment. Event thread only. */
public final class GuestSizer {

    /** Long enough for a window to be dragged to its size, short enough not to be waited for. */
    private static final int SETTLE_MILLIS = 250;
    /** Smaller screens are of no use to a desktop, and some servers refuse them. */
    private static final int MIN_SIDE = 64;

    private static final Logger log = LoggerFactory.getLogger(GuestSizer.class);
    /** Calls into a protocol, which must not hold up the event thread if it breaks its promise to return at once. */
    private static final ExecutorService CALLS = new ThreadPoolExecutor(
            0,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(64),
            GuestSizer::thread,
            new ThreadPoolExecutor.DiscardOldestPolicy());

    private final Timer timer = new Timer(SETTLE_MILLIS, event -> ask());
    private @Nullable DisplayConnection connection;
    private @Nullable Dimension wanted;
    private @Nullable Dimension asked;

    /** Waits for {@link #want}. */
    public GuestSizer() {
        timer.setRepeats(false);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "berth-display-calls");
        thread.setDaemon(true);
        return thread;
    }

    /** Uses another connection, or none. */
    public void connection(@Nullable DisplayConnection other) {
        timer.stop();
        connection = other;
        asked = null;
    }

    /** The view has a size, in device pixels. */
    public void want(int width, int height) {
        wanted = new Dimension(Math.max(MIN_SIDE, width), Math.max(MIN_SIDE, height));
        timer.restart();
    }

    /** The guest is not to follow any more. */
    public void stop() {
        timer.stop();
        wanted = null;
        asked = null;
    }

    /** Does something with a connection on a thread of its own. */
    public static void call(DisplayConnection connection, java.util.function.Consumer<DisplayConnection> call) {
        CALLS.execute(() -> {
            try {
                call.accept(connection);
            } catch (RuntimeException broken) {
                log.warn("The display protocol failed", broken);
            }
        });
    }

    private void ask() {
        DisplayConnection to = connection;
        Dimension size = wanted;
        if (to == null || size == null || size.equals(asked)) {
            return;
        }
        asked = size;
        call(to, it -> it.requestSize(size.width, size.height));
    }
}
