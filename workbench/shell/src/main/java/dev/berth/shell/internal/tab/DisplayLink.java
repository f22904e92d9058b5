/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.CursorImage;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.edt.Edt;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import java.awt.Toolkit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Joins a display and tells, on the event thread, of its first picture, its pointer, and its end. */
@OnEdt
final class DisplayLink implements AutoCloseable {

    /** Joins: blocks, on a worker. */
    @FunctionalInterface
    interface Joiner {
        SessionDisplay join(FrameBuffer frame, DisplayListener listener, TaskContext context)
                throws BerthException, InterruptedException;
    }

    /** Hears of a display, on the event thread; of nothing after {@link #ended} or {@link DisplayLink#close}. */
    interface Watcher {
        void firstFrame(SessionDisplay display);

        void cursor(CursorImage cursor);

        /** The connection broke; it is tried again. */
        void away(BerthException cause);

        /** The connection is there again. */
        void back();

        void ended(@Nullable BerthException cause);
    }

    private final Shell shell;
    private final Watcher watcher;
    private final FrameBuffer frame = new FrameBuffer();
    private final AtomicBoolean first = new AtomicBoolean();
    private @Nullable SessionDisplay display;
    private @Nullable CursorImage early;
    private boolean shown;
    private boolean over;

    DisplayLink(Shell shell, Watcher watcher) {
        this.shell = shell;
        this.watcher = watcher;
    }

    /** Begins to join. */
    void join(Joiner joiner) {
        Registration waiting = frame.listen(new FirstFrame());
        shell.background()
                .ask(
                        () -> joiner.join(frame, new Listener(), TaskContext.silent()),
                        joined -> {
                            if (over) {
                                leave(joined);
                                return;
                            }
                            display = joined;
                            showIfReady();
                            joined.onLink(new LinkListener());
                        },
                        error -> {
                            waiting.close();
                            end(error);
                        });
    }

    private void showIfReady() {
        SessionDisplay joined = display;
        if (joined != null && first.get() && !shown && !over) {
            shown = true;
            watcher.firstFrame(joined);
            if (early != null) {
                watcher.cursor(early);
            }
        }
    }

    private void end(@Nullable BerthException cause) {
        if (!over) {
            close();
            watcher.ended(cause);
        }
    }

    private void leave(SessionDisplay joined) {
        // Closing may wait for a socket.
        shell.background()
                .ask(
                        () -> {
                            joined.close();
                            return true;
                        },
                        done -> {},
                        error -> {});
    }

    /** Leaves the display; the session goes on. */
    @Override
    public void close() {
        over = true;
        SessionDisplay joined = display;
        display = null;
        if (joined != null) {
            leave(joined);
        }
    }

    private final class FirstFrame implements FrameBuffer.Listener {
        @Override
        public void resized(FrameBuffer.Picture picture) {}

        @Override
        public void updated(FrameBuffer.Picture picture, int[] rectangles, int count) {
            if (first.compareAndSet(false, true)) {
                Edt.runLater(DisplayLink.this::showIfReady);
            }
        }
    }

    /** Hears on the display's threads. */
    private final class LinkListener implements SessionDisplay.LinkListener {
        @Override
        public void away(BerthException cause) {
            Edt.runLater(() -> {
                if (!over) {
                    watcher.away(cause);
                }
            });
        }

        @Override
        public void back() {
            Edt.runLater(() -> {
                if (!over) {
                    watcher.back();
                }
            });
        }
    }

    /** Hears on the protocol's threads. */
    private final class Listener implements DisplayListener {
        @Override
        public void cursor(CursorImage cursor) {
            Edt.runLater(() -> {
                if (shown && !over) {
                    watcher.cursor(cursor);
                } else {
                    early = cursor;
                }
            });
        }

        @Override
        public void bell() {
            Edt.runLater(() -> Toolkit.getDefaultToolkit().beep());
        }

        @Override
        public void clipboard(ClipboardOffer offer) {
            Edt.runLater(() -> {
                SessionDisplay joined = display;
                if (joined != null) {
                    DisplayConnection guest = joined.connection();
                    shell.clipboard().fromGuest(guest, offer);
                }
            });
        }

        @Override
        public void closed(@Nullable BerthException cause) {
            Edt.runLater(() -> end(cause));
        }
    }
}
