/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.CursorImage;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayFeature;
import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.DisplayStatistics;
import dev.berth.api.display.FrameSink;
import dev.berth.api.error.BerthException;
import dev.berth.plugin.display.rfb.internal.decode.Frame;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.decode.RectangleDecoders;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import dev.berth.plugin.display.rfb.internal.wire.RfbOutput;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A joined RFB server: one thread reads and decodes, another writes. */
final class RfbConnection implements DisplayConnection, ServerEvents {

    private static final Logger LOG = LoggerFactory.getLogger(RfbConnection.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** How long close() lets the last input leave. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private final String where;
    private final Handshake.Welcome welcome;
    private final EncodingChoice choice;
    private final FrameSink sink;
    private final DisplayListener listener;
    private final ByteChannel channel;
    private final RfbInput in;
    private final RfbOutput out;
    private final Frame frame = new Frame();
    private final RectangleDecoders decoders;
    private final ServerReader reader;
    private final RfbInputEvents input;
    private final ClipboardExchange clipboard;
    private final UpdateFlow flow;
    private final String id;
    private final boolean viewOnly;

    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Set<DisplayFeature> features = Set.of(DisplayFeature.CLIPBOARD_TEXT);
    private volatile @Nullable IOException writeFailure;

    private final ResizeBrake brake = new ResizeBrake();
    private final Object sizeLock = new Object();
    private byte @Nullable [] screens;
    private int wantedWidth;
    private int wantedHeight;

    private boolean damaged;
    private long updateStart;
    private long waitedBefore;
    private volatile long updates;
    private volatile long decodeNanos;
    private final long[] seenPixels = new long[RectangleDecoders.MOST];
    private String mostUsed = "";

    RfbConnection(
            String where,
            Handshake.Welcome welcome,
            EncodingChoice choice,
            DisplayRequest request,
            FrameSink sink,
            DisplayListener listener) {
        this.where = where;
        this.welcome = welcome;
        this.choice = choice;
        this.sink = sink;
        this.listener = listener;
        this.channel = welcome.peer().channel();
        this.in = welcome.peer().in();
        this.viewOnly = request.viewOnly();
        this.id = "berth-rfb-" + COUNT.incrementAndGet();
        this.out = new RfbOutput(channel, e -> writeFailure = e);
        this.decoders = new RectangleDecoders(PixelFormat.BERTH);
        this.reader = new ServerReader(in, PixelFormat.BERTH, frame, this, decoders);
        this.input = new RfbInputEvents(out, viewOnly);
        this.clipboard = new ClipboardExchange(out, listener::clipboard, id + "-clipboard");
        this.flow = new UpdateFlow(out);
    }

    /** Gives the sink its first size and begins. Called once, by whoever connects. */
    void start() {
        resized(welcome.width(), welcome.height());
        out.send(ClientMessages.setPixelFormat(PixelFormat.BERTH));
        out.send(ClientMessages.setEncodings(choice.toWire()));
        flow.begin();
        out.start(id + "-writer");
        Thread thread = new Thread(this::run, id + "-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        @Nullable BerthException cause = null;
        try {
            listener.name(welcome.name());
            while (true) {
                reader.message();
            }
        } catch (IOException e) {
            IOException first = writeFailure;
            if (!closing.get()) {
                cause = Failures.lost(where, first == null ? e : first);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("reading from {}", where, e);
            if (!closing.get()) {
                cause = Failures.broken(where, e);
            }
        } finally {
            closing.set(true);
            end(cause);
        }
    }

    private void end(@Nullable BerthException cause) {
        out.finish();
        clipboard.close();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}", where, e);
        }
        reader.close();
        listener.closed(cause);
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        input.releaseAll();
        reader.stop();
        // The writer sends what is queued and closes the channel, which wakes the reader; if the server does not take
        // it, that ends too.
        out.finish();
        CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    try {
                        channel.close();
                    } catch (IOException e) {
                        LOG.debug("closing {}", where, e);
                    }
                });
    }

    @Override
    public DisplayInput input() {
        return input;
    }

    @Override
    public Set<DisplayFeature> features() {
        return features;
    }

    private void feature(DisplayFeature feature) {
        if (!features.contains(feature)) {
            EnumSet<DisplayFeature> more = EnumSet.copyOf(features);
            more.add(feature);
            features = Collections.unmodifiableSet(more);
        }
    }

    @Override
    public void requestSize(int width, int height) {
        if (width < 1 || height < 1 || width > ServerReader.MAX_SIDE || height > ServerReader.MAX_SIDE || viewOnly) {
            return;
        }
        synchronized (sizeLock) {
            if (screens == null) {
                wantedWidth = width;
                wantedHeight = height;
            } else {
                out.send(ClientMessages.setDesktopSize(width, height, screens));
            }
        }
    }

    @Override
    public void offerClipboard(ClipboardOffer offer) {
        if (!viewOnly) {
            clipboard.offer(offer);
        }
    }

    @Override
    public void visible(boolean visible) {
        flow.visible(visible);
    }

    @Override
    public DisplayStatistics statistics() {
        long all = 0;
        synchronized (seenPixels) {
            long most = 0;
            for (int encoding = 0; encoding < seenPixels.length; encoding++) {
                long pixels = decoders.pixels(encoding);
                all += pixels;
                if (pixels - seenPixels[encoding] > most) {
                    most = pixels - seenPixels[encoding];
                    mostUsed = Encodings.name(encoding);
                }
                seenPixels[encoding] = pixels;
            }
            return new DisplayStatistics(
                    updates,
                    in.received(),
                    all,
                    Duration.ofNanos(decodeNanos),
                    flow.roundTrip(),
                    mostUsed,
                    welcome.peer().security());
        }
    }

    @Override
    public void updateBegins() {
        damaged = false;
        updateStart = System.nanoTime();
        waitedBefore = in.waitedNanos();
        flow.updateBegins();
    }

    @Override
    public void damaged(int x, int y, int w, int h) {
        if (w > 0 && h > 0) {
            sink.damage(x, y, w, h);
            damaged = true;
        }
    }

    @Override
    public void updateEnds() {
        flow.updateEnds();
        clipboard.settled();
        decodeNanos = decodeNanos + System.nanoTime() - updateStart - (in.waitedNanos() - waitedBefore);
        if (damaged) {
            updates = updates + 1;
            sink.publish();
        }
    }

    @Override
    public void resized(int width, int height) {
        brake.hold();
        frame.set(sink.resize(width, height), width, height);
        flow.resized(width, height);
        damaged = true;
    }

    @Override
    public void screens(int reason, int status, byte[] layout) {
        if (reason == 1 && status != 0) {
            LOG.info("{} declined another size, status {}", where, status);
        }
        synchronized (sizeLock) {
            boolean first = screens == null;
            screens = layout;
            feature(DisplayFeature.RESIZE);
            if (first && wantedWidth > 0) {
                out.send(ClientMessages.setDesktopSize(wantedWidth, wantedHeight, layout));
            }
        }
    }

    @Override
    public void cursor(CursorImage cursor) {
        listener.cursor(cursor);
    }

    @Override
    public void pointerMoved(int x, int y) {
        listener.pointerMoved(x, y);
    }

    @Override
    public void named(String name) {
        listener.name(name);
    }

    @Override
    public void lights(int bits) {
        listener.lights((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }

    @Override
    public void supports(int encoding) {
        if (encoding == Encodings.QEMU_KEYS) {
            input.extendedKeys(true);
            feature(DisplayFeature.PHYSICAL_KEYS);
        } else if (encoding == Encodings.EXTENDED_MOUSE_BUTTONS) {
            input.extendedButtons(true);
        }
    }

    @Override
    public void bell() {
        listener.bell();
    }

    @Override
    public void cutText(byte[] text) {
        clipboard.cutText(text);
    }

    @Override
    public void extendedClipboard(int flags, byte[] data) throws IOException {
        clipboard.message(flags, data);
    }

    @Override
    public void fence(int flags, byte[] payload, int length) {
        flow.fence(flags, payload, length);
    }

    @Override
    public void continuousUpdatesEnded() {
        flow.continuousUpdatesEnded();
    }
}
