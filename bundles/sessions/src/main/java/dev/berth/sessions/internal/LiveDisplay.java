/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.CursorImage;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayStatistics;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A display that was joined. When its connection breaks although it should not, it is joined again behind the caller's
 * back: the picture stays, and only a {@link SessionDisplay.LinkListener} hears of it.
 */
final class LiveDisplay implements SessionDisplay, DisplayConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveDisplay.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private static final Set<String> AWAY = Set.of("display.lost", "display.silent", "display.unreachable");

    /** Whether a failure says that a server is away, and not that it answers and something is wrong. */
    static boolean isAway(BerthException failure) {
        return AWAY.contains(failure.code());
    }

    /** Opens a connection. */
    interface Joiner {
        DisplayConnection join(FrameBuffer frame, DisplayListener listener, TaskContext context)
                throws BerthException, InterruptedException;
    }

    /** Says whether a broken connection is worth opening again. */
    interface Alive {
        boolean alive(BerthException last) throws InterruptedException;
    }

    private final FrameBuffer frame;
    private final DisplayListener listener;
    private final Joiner joiner;
    private final Alive alive;
    private volatile DisplayConnection current;
    private volatile boolean closed;
    private volatile boolean visible = true;
    private volatile @Nullable Thread rejoining;
    private final Semaphore hurry = new Semaphore(0);
    /** Who hears of the link, and why it is away. Under their own lock, so that nobody hears of the return first. */
    private final List<LinkListener> links = new ArrayList<>();

    private @Nullable BerthException away;
    private int wantedWidth;
    private int wantedHeight;

    LiveDisplay(FrameBuffer frame, DisplayListener listener, Joiner joiner, Alive alive, TaskContext context)
            throws BerthException, InterruptedException {
        this.frame = frame;
        this.listener = listener;
        this.joiner = joiner;
        this.alive = alive;
        this.current = joiner.join(frame, new Relay(), context);
    }

    @Override
    public FrameBuffer frame() {
        return frame;
    }

    @Override
    public DisplayConnection connection() {
        return this;
    }

    @Override
    public DisplayInput input() {
        return current.input();
    }

    @Override
    public Set<DisplayFeature> features() {
        return current.features();
    }

    @Override
    public synchronized void requestSize(int width, int height) {
        wantedWidth = width;
        wantedHeight = height;
        current.requestSize(width, height);
    }

    @Override
    public void offerClipboard(ClipboardOffer offer) {
        current.offerClipboard(offer);
    }

    @Override
    public void visible(boolean value) {
        visible = value;
        current.visible(value);
    }

    @Override
    public DisplayStatistics statistics() {
        return current.statistics();
    }

    @Override
    public Registration onLink(LinkListener added) {
        synchronized (links) {
            links.add(added);
            if (away != null) {
                added.away(away);
            }
        }
        return () -> {
            synchronized (links) {
                links.remove(added);
            }
        };
    }

    private void tell(@Nullable BerthException cause, Consumer<LinkListener> what) {
        synchronized (links) {
            away = cause;
            links.forEach(what);
        }
    }

    @Override
    public void reconnect() {
        if (rejoining != null) {
            hurry.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = rejoining;
        if (thread != null) {
            thread.interrupt();
        }
        current.close();
    }

    private synchronized void replace(DisplayConnection next) {
        current = next;
        if (!visible) {
            next.visible(false);
        }
        if (wantedWidth > 0) {
            next.requestSize(wantedWidth, wantedHeight);
        }
        if (closed) {
            next.close();
        }
    }

    private void broke(@Nullable BerthException cause) {
        if (closed || cause == null) {
            listener.closed(cause);
            return;
        }
        Thread thread = new Thread(() -> rejoin(cause), "berth-display-rejoin");
        thread.setDaemon(true);
        rejoining = thread;
        thread.start();
    }

    private void rejoin(BerthException cause) {
        LOG.info("A display's connection broke, joining again: {}", cause.summary());
        tell(cause, link -> link.away(cause));
        hurry.drainPermits();
        BerthException last = cause;
        long wait = FIRST_WAIT_MILLIS;
        try {
            while (!closed) {
                boolean hurried = hurry.tryAcquire(wait, TimeUnit.MILLISECONDS);
                if (!alive.alive(last)) {
                    break;
                }
                try {
                    DisplayConnection next = joiner.join(frame, new Relay(), TaskContext.silent());
                    rejoining = null;
                    replace(next);
                    tell(null, LinkListener::back);
                    return;
                } catch (BerthException e) {
                    LOG.debug("Joining a display again failed", e);
                    last = e;
                    wait = hurried ? FIRST_WAIT_MILLIS : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // Closed while waiting; the listener is told below.
        }
        rejoining = null;
        listener.closed(closed ? null : last);
    }

    /** Hands everything on but the end. */
    private final class Relay implements DisplayListener {

        @Override
        public void cursor(CursorImage cursor) {
            listener.cursor(cursor);
        }

        @Override
        public void pointerMoved(int x, int y) {
            listener.pointerMoved(x, y);
        }

        @Override
        public void bell() {
            listener.bell();
        }

        @Override
        public void name(String name) {
            listener.name(name);
        }

        @Override
        public void clipboard(ClipboardOffer offer) {
            listener.clipboard(offer);
        }

        @Override
        public void lights(boolean scrollLock, boolean numLock, boolean capsLock) {
            listener.lights(scrollLock, numLock, capsLock);
        }

        @Override
        public void closed(@Nullable BerthException cause) {
            broke(cause);
        }
    }
}
