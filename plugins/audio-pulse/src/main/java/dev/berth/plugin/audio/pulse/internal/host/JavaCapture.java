/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.host;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import dev.berth.plugin.audio.pulse.internal.wire.RecordStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import javax.sound.sampled.TargetDataLine;

/** Reads a line of Java Sound, with a thread of its own. */
final class JavaCapture implements SoundHost.Capture {

    private static final long DEAD_NANOS = 2_000_000_000L;

    private final TargetDataLine line;
    private final String device;
    private final RecordStream.Taker taker;
    private volatile boolean alive = true;

    JavaCapture(TargetDataLine line, String device, RecordStream.Taker taker) {
        this.line = line;
        this.device = device;
        this.taker = taker;
        Thread reader = new Thread(this::run, "berth-audio-hear");
        reader.setDaemon(true);
        reader.setPriority(Thread.MAX_PRIORITY);
        reader.start();
    }

    private void run() {
        byte[] chunk = new byte[PcmFormat.frames(5) * PcmFormat.FRAME];
        ByteBuffer view = ByteBuffer.wrap(chunk);
        long last = System.nanoTime();
        while (alive && line.isOpen() && System.nanoTime() - last < DEAD_NANOS) {
            // A read of more than there is would not come back from a device that was pulled out.
            int ready = Math.min(line.available(), chunk.length) / PcmFormat.FRAME * PcmFormat.FRAME;
            int read = ready > 0 ? line.read(chunk, 0, ready) : 0;
            if (read > 0) {
                last = System.nanoTime();
                taker.take(view.clear().limit(read));
            } else {
                LockSupport.parkNanos(2_000_000L);
            }
        }
        alive = false;
        line.close();
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public boolean alive() {
        return alive;
    }

    @Override
    public void close() {
        alive = false;
    }
}
