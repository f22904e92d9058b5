/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.overview;

import dev.berth.api.display.CursorImage;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import dev.berth.shell.internal.kit.Thumbnail;
import dev.berth.shell.internal.tab.DesktopView;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small picture of one session, kept up to date by {@link #tick}. It uses the display of the session's tab; where no
 * tab is open it joins the display itself until {@link #close}. Between two ticks a hidden desktop sends one update at
 * most: it is asked for pixels only until the next update has come.
 */
@OnEdt
final class LivePicture implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivePicture.class);

    private final Sources sources;
    private final String session;
    private final Runnable changed;
    private @Nullable SessionDisplay own;
    private @Nullable DesktopView watched;
    private @Nullable FrameBuffer last;
    private @Nullable BufferedImage image;
    private long seen = -1;
    private Dimension size = new Dimension();
    private boolean joining;
    private boolean failed;
    private boolean scaling;
    private boolean resting;
    private boolean closed;

    LivePicture(Sources sources, String session, Runnable changed) {
        this.sources = sources;
        this.session = session;
        this.changed = changed;
    }

    /** The picture; null before the first. */
    @Nullable
    BufferedImage image() {
        return image;
    }

    /** Looks for new pixels, for a picture of a size in device pixels. */
    void tick(Dimension wanted) {
        resting = false;
        Optional<DesktopView> tab = sources.desktop(session);
        if (tab.isPresent()) {
            leaveOwn();
            look(tab.get().frame(), wanted);
            unwatch(tab.get());
            watched = tab.get();
            tab.get().canvas().watched(!scaling);
        } else {
            unwatch(null);
            SessionDisplay joined = own;
            if (joined != null) {
                look(joined.frame(), wanted);
                joined.connection().visible(!scaling);
            } else if (!joining && !failed) {
                join();
            }
        }
    }

    private void look(FrameBuffer frame, Dimension wanted) {
        if (!frame.equals(last)) {
            last = frame;
            seen = -1;
        }
        long updates = frame.updates();
        if (scaling || updates == 0 || updates == seen && wanted.equals(size)) {
            return;
        }
        seen = updates;
        size = new Dimension(wanted);
        scaling = true;
        FrameBuffer.Picture picture = frame.picture();
        int width = wanted.width;
        int height = wanted.height;
        sources.background()
                .ask(
                        () -> Thumbnail.of(picture, width, height),
                        made -> {
                            scaling = false;
                            if (!closed) {
                                image = made;
                                changed.run();
                            }
                        },
                        error -> scaling = false);
    }

    private void join() {
        joining = true;
        FrameBuffer frame = new FrameBuffer();
        sources.background()
                .ask(
                        () -> sources.manager().join(session, frame, new Deaf(), TaskContext.silent()),
                        joined -> {
                            joining = false;
                            if (closed || resting) {
                                leave(joined);
                            } else {
                                own = joined;
                            }
                        },
                        error -> {
                            joining = false;
                            failed = true;
                            LOG.debug("No small picture of {}: {}", session, error.summary());
                        });
    }

    private void leaveOwn() {
        if (own != null) {
            leave(own);
            own = null;
        }
    }

    private void leave(SessionDisplay display) {
        // Closing may wait for a socket.
        sources.background()
                .ask(
                        () -> {
                            display.close();
                            return true;
                        },
                        done -> {},
                        error -> {});
    }

    private void unwatch(@Nullable DesktopView other) {
        DesktopView before = watched;
        if (before != null && !before.equals(other)) {
            before.canvas().watched(false);
            watched = null;
        }
    }

    /** Asks for no more pixels until the next {@link #tick}; the last picture stays. */
    void rest() {
        resting = true;
        failed = false;
        unwatch(null);
        leaveOwn();
    }

    @Override
    public void close() {
        closed = true;
        rest();
    }

    /** The pixels are enough. */
    private static final class Deaf implements DisplayListener {
        @Override
        public void cursor(CursorImage cursor) {}

        @Override
        public void bell() {}

        @Override
        public void clipboard(dev.berth.api.display.ClipboardOffer offer) {}

        @Override
        public void closed(@Nullable BerthException cause) {}
    }
}
