package org.example.meter;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionDirectory;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import javax.swing.SwingUtilities;

/** Asks the running sessions once a second, on a thread of its own: asking an engine blocks, and the Swing thread must not. */
final class Sampler {

    private static final long INTERVAL_MILLIS = 1_000;

    private final SessionDirectory sessions;
    private final DoubleConsumer share;
    private final Map<String, Duration> before = new HashMap<>();
    private final Thread thread = new Thread(this::run, "processor meter");

    /** @param share hears, on the Swing thread, how many processors all sessions together used */
    Sampler(SessionDirectory sessions, DoubleConsumer share) {
        this.sessions = sessions;
        this.share = share;
        thread.setDaemon(true);
        thread.start();
    }

    void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            long since = System.nanoTime();
            while (true) {
                Thread.sleep(INTERVAL_MILLIS);
                long now = System.nanoTime();
                double used = used().toNanos() / (double) (now - since);
                since = now;
                SwingUtilities.invokeLater(() -> share.accept(used));
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private Duration used() throws InterruptedException {
        Duration used = Duration.ZERO;
        try {
            for (SessionInfo session : sessions.sessions()) {
                if (session.state() == SessionState.RUNNING) {
                    Duration now = sessions.container(session.id()).stats().cpuTime();
                    Duration last = before.put(session.id(), now);
                    used = last == null ? used : used.plus(now.minus(last));
                }
            }
        } catch (BerthException e) {
            // A session may end between the two questions; the next second tells.
        }
        return used;
    }
}
