package org.example.ppm;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.error.DisplayException;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayStatistics;
import dev.berth.api.display.KeyInput;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.WheelInput;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Set;

/** A display that only shows: input goes nowhere, the size is the server's. */
final class PpmConnection implements DisplayConnection {

    private static final DisplayInput NOWHERE = new DisplayInput() {
        @Override
        public void key(KeyInput key) {}

        @Override
        public void pointer(PointerInput pointer) {}

        @Override
        public void wheel(WheelInput wheel) {}

        @Override
        public void releaseAll() {}
    };

    private final ByteChannel channel;
    private final PpmStream stream;
    private final DisplayListener listener;
    private volatile boolean closed;

    PpmConnection(ByteChannel channel, PpmStream stream, DisplayListener listener) {
        this.channel = channel;
        this.stream = stream;
        this.listener = listener;
        Thread reader = new Thread(this::read, "ppm");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        DisplayException cause = null;
        try {
            while (!closed) {
                stream.picture();
            }
        } catch (IOException e) {
            if (!closed) {
                cause = new DisplayException("display.ppm", "The pictures ended: " + e.getMessage(), e);
            }
        }
        close();
        listener.closed(cause);
    }

    @Override
    public DisplayInput input() {
        return NOWHERE;
    }

    @Override
    public Set<DisplayFeature> features() {
        return Set.of();
    }

    @Override
    public void requestSize(int width, int height) {}

    @Override
    public void offerClipboard(ClipboardOffer offer) {}

    @Override
    public void visible(boolean visible) {}

    @Override
    public DisplayStatistics statistics() {
        return new DisplayStatistics(
                stream.updates, stream.bytes, stream.bytes / 3, Duration.ZERO, Duration.ZERO, "PPM", "none");
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing more can be done with it.
        }
    }
}
