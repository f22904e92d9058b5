/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;

/** Drops sound at the rate at which a device would play it. */
public final class NowhereLine implements OutLine {

    private long written;
    private long played;
    private long since = System.nanoTime();

    @Override
    public String device() {
        return "";
    }

    @Override
    public int depth() {
        return PcmFormat.frames(20);
    }

    @Override
    public long played() {
        long now = System.nanoTime();
        long gone = (now - since) * PcmFormat.RATE / 1_000_000_000L;
        if (played + gone >= written) {
            played = written;
            since = now;
            return played;
        }
        return played + gone;
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void write(byte[] sound, int length) {
        if (played() == written) {
            played = written;
            since = System.nanoTime();
        }
        written += length / PcmFormat.FRAME;
    }

    @Override
    public void close() {}
}
