/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.plugin.display.rfb.internal.wire.RfbOutput;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * When the server sends updates: on request, one at a time, or, where it can, without being asked (ContinuousUpdates), held back by
 * fences that travel with the stream. Measures the round trip with fences of its own.
 */
final class UpdateFlow {

    /** A fence that wants an answer. */
    private static final int REQUEST = 1 << 31;

    private static final int BLOCK_BEFORE = 1;
    private static final int ANSWERED = 7;
    private static final long BETWEEN_PROBES = Duration.ofSeconds(1).toNanos();

    private final RfbOutput out;
    private final byte[] fence = new byte[9 + 64];
    private final byte[] probe = new byte[8];

    private byte[] incremental = new byte[0];
    private int width;
    private int height;
    private boolean visible = true;
    private boolean requested;
    private boolean begun;
    private boolean continuousKnown;
    private boolean continuous;
    private boolean fences;
    private boolean changedSize;
    private long lastProbe;
    private volatile long roundTripNanos;

    UpdateFlow(RfbOutput out) {
        this.out = out;
    }

    /** Asks for the whole picture. */
    synchronized void begin() {
        begun = true;
        requested = true;
        out.send(ClientMessages.updateRequest(false, width, height));
    }

    synchronized void resized(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        incremental = ClientMessages.updateRequest(true, newWidth, newHeight);
        changedSize = begun;
    }

    /** Asks for the next update while this one is decoded. */
    synchronized void updateBegins() {
        requested = false;
        if (visible && !continuous) {
            request();
        }
    }

    private void request() {
        requested = true;
        out.send(incremental);
    }

    synchronized void updateEnds() {
        if (changedSize) {
            changedSize = false;
            if (continuous) {
                out.send(ClientMessages.continuousUpdates(true, width, height));
            }
            out.send(ClientMessages.updateRequest(false, width, height));
            requested = true;
        }
        if (fences) {
            long now = System.nanoTime();
            if (now - lastProbe > BETWEEN_PROBES) {
                lastProbe = now;
                ByteBuffer.wrap(probe).putLong(0, now);
                out.send(fence, ClientMessages.fence(fence, REQUEST | BLOCK_BEFORE, probe, probe.length));
            }
        }
    }

    synchronized void visible(boolean nowVisible) {
        if (visible == nowVisible) {
            return;
        }
        visible = nowVisible;
        if (continuousKnown) {
            continuous = nowVisible;
            out.send(ClientMessages.continuousUpdates(nowVisible, width, height));
        } else if (nowVisible && !requested) {
            request();
        }
    }

    synchronized void continuousUpdatesEnded() {
        if (continuousKnown) {
            return;
        }
        continuousKnown = true;
        if (visible) {
            continuous = true;
            out.send(ClientMessages.continuousUpdates(true, width, height));
        }
    }

    synchronized void fence(int flags, byte[] payload, int length) {
        fences = true;
        if ((flags & REQUEST) != 0) {
            // ClientMessages are handled one after the other, so every kind of order that can be asked for is kept.
            out.send(fence, ClientMessages.fence(fence, flags & ANSWERED, payload, length));
        } else if (length == probe.length) {
            long sent = ByteBuffer.wrap(payload).getLong(0);
            if (sent == lastProbe) {
                roundTripNanos = System.nanoTime() - sent;
            }
        }
    }

    Duration roundTrip() {
        return Duration.ofNanos(roundTripNanos);
    }
}
