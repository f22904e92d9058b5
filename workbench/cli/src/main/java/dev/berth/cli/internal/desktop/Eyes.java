/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.desktop;

import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.FrameBuffer.Picture;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks at a display until it shows what is waited for. */
public final class Eyes {

    /** Icons and a wallpaper have more colours than this; an empty screen or a lone message in smooth letters has fewer. */
    private static final int DRAWN_COLOURS = 256;

    private final FrameBuffer frame;

    /** Looks at a picture that a protocol writes to. */
    public Eyes(FrameBuffer frame) {
        this.frame = frame;
    }

    /** Where a picture was found. */
    public record Place(int x, int y) {}

    /** Waits for the first pixels. */
    public boolean awaitFirst(Duration limit) throws InterruptedException {
        return frame.awaitUpdate(0, limit.toMillis());
    }

    /** Waits until nothing has changed for {@code quiet}. */
    public boolean awaitStable(Duration quiet, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left < quiet.toMillis()) {
                return false;
            }
            if (!frame.awaitUpdate(frame.updates(), quiet.toMillis())) {
                return true;
            }
        }
    }

    /** Waits until a desktop is drawn: something is there, and it does not change for {@code quiet}. */
    public boolean awaitDrawn(Duration quiet, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (awaitStable(quiet, Duration.ofNanos(deadline - System.nanoTime())) && isDrawn(frame.copy())) {
                return true;
            }
        }
        return false;
    }

    static boolean isDrawn(Picture picture) {
        Set<Integer> colours = new HashSet<>();
        for (int pixel : picture.pixels()) {
            if (colours.add(pixel & 0xff_ffff) && colours.size() >= DRAWN_COLOURS) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until a picture appears anywhere on the screen.
     *
     * @param tolerance how far each of red, green and blue may be off
     */
    public Optional<Place> awaitMatch(Picture wanted, int tolerance, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = frame.updates();
            Optional<Place> place = find(frame.copy(), wanted, tolerance);
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (place.isPresent() || left <= 0) {
                return place;
            }
            frame.awaitUpdate(seen, left);
        }
    }

    static Optional<Place> find(Picture screen, Picture wanted, int tolerance) throws InterruptedException {
        if (wanted.width() < 1 || wanted.height() < 1) {
            return Optional.empty();
        }
        for (int y = 0; y <= screen.height() - wanted.height(); y++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
            for (int x = 0; x <= screen.width() - wanted.width(); x++) {
                if (matches(screen, wanted, x, y, tolerance)) {
                    return Optional.of(new Place(x, y));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(Picture screen, Picture wanted, int left, int top, int tolerance) {
        for (int y = 0; y < wanted.height(); y++) {
            int from = (top + y) * screen.width() + left;
            int to = y * wanted.width();
            for (int x = 0; x < wanted.width(); x++) {
                if (!near(screen.pixels()[from + x], wanted.pixels()[to + x], tolerance)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean near(int a, int b, int tolerance) {
        return Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff)) <= tolerance
                && Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff)) <= tolerance
                && Math.abs((a & 0xff) - (b & 0xff)) <= tolerance;
    }
}
