/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.display;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.CursorImage;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.error.BerthException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Remembers what a display told. */
public final class ListenerLog implements DisplayListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** That the connection ended, and why. */
    public record Closed(@Nullable BerthException cause) {}

    /** The state of the keyboard's lights. */
    public record Lights(boolean scrollLock, boolean numLock, boolean capsLock) {}

    /** A desktop's name. */
    public record Name(String name) {}

    /** The bell. */
    public record Bell() {}

    private final List<Object> events = new ArrayList<>();

    /** Remembers nothing yet. */
    public ListenerLog() {}

    private synchronized void add(Object event) {
        if (!events.isEmpty() && events.get(events.size() - 1) instanceof Closed) {
            throw new IllegalStateException(event + " after the end of the connection");
        }
        events.add(event);
        notifyAll();
    }

    @Override
    public void cursor(CursorImage cursor) {
        add(cursor);
    }

    @Override
    public void bell() {
        add(new Bell());
    }

    @Override
    public void name(String name) {
        add(new Name(name));
    }

    @Override
    public void clipboard(ClipboardOffer offer) {
        add(offer);
    }

    @Override
    public void lights(boolean scrollLock, boolean numLock, boolean capsLock) {
        add(new Lights(scrollLock, numLock, capsLock));
    }

    @Override
    public void closed(@Nullable BerthException cause) {
        add(new Closed(cause));
    }

    /** All of one kind so far. */
    public synchronized <T> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Forgets what was told so far. */
    public synchronized void clear() {
        events.clear();
    }

    /** Waits for the first of a kind that is as wanted. */
    public synchronized <T> T await(Class<T> kind, Predicate<T> wanted) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (T event : all(kind)) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException("no " + kind.getSimpleName() + " as wanted among " + events);
            }
            wait(250);
        }
    }

    /** Waits for the first of a kind. */
    public <T> T await(Class<T> kind) throws InterruptedException, TimeoutException {
        return await(kind, event -> true);
    }
}
