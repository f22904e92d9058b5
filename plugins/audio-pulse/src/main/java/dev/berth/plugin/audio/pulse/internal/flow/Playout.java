/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.flow;

import dev.berth.plugin.audio.pulse.internal.wire.PcmFormat;
import dev.berth.plugin.audio.pulse.internal.wire.Urgency;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that carries sound from a buffer to a line, as fast as the line plays. Lines are exchanged under its feet;
 * one that fails is replaced by nowhere at once, and who keeps the lines is told.
 */
public final class Playout implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Playout.class);
    private static final long NAP = 1_500_000L;
    /** A line whose position stands still that long while it has sound to play is dead. */
    private static final long DEAD_NANOS = 600_000_000L;
    /** What a line must hold beyond the block that it takes next, before sound that is late is given up. */
    private static final int SLACK = PcmFormat.frames(3);

    private final PlayoutBuffer buffer;
    private final Runnable lineFailed;
    private final Thread thread;
    private final AtomicReference<OutLine> next = new AtomicReference<>();
    private final byte[] chunk = new byte[PlayoutBuffer.CHUNK * PcmFormat.FRAME];
    private final StepClock clock = new StepClock();
    private volatile OutLine line = new NowhereLine();
    private volatile boolean over;
    private volatile long beat = System.nanoTime();
    private volatile long dry;
    private long written;
    private long start;
    private long lastPlayed;
    private long moved;

    /**
     * Starts it.
     *
     * @param lineFailed called on its thread when a line failed; must not block
     */
    public Playout(String name, PlayoutBuffer buffer, Runnable lineFailed) {
        this.buffer = buffer;
        this.lineFailed = lineFailed;
        adopt(line, System.nanoTime());
        thread = new Thread(this::run, "berth-audio-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Plays to another line from the next chunk on; the one before is closed. */
    public void play(OutLine fresh) {
        OutLine never = next.getAndSet(fresh);
        if (never != null) {
            never.close();
        }
        LockSupport.unpark(thread);
    }

    /** The line that plays, or is about to. */
    public OutLine line() {
        OutLine coming = next.get();
        return coming != null ? coming : line;
    }

    /** When the thread last came by, in {@link System#nanoTime}: long ago when a line blocks it. */
    public long lastBeat() {
        return beat;
    }

    /** How often a line ran dry. */
    public long dry() {
        return dry;
    }

    private void run() {
        Urgency.ask();
        while (!over) {
            try {
                turn(System.nanoTime());
            } catch (IOException e) {
                fail(e);
            } catch (RuntimeException e) {
                // A driver's fault must not end the session's sound.
                LOG.warn("A sound line failed", e);
                fail(new IOException(e));
            }
        }
        retire(line);
    }

    private void turn(long now) throws IOException {
        beat = now;
        OutLine fresh = next.getAndSet(null);
        if (fresh != null) {
            retire(line);
            adopt(fresh, now);
        }
        OutLine current = line;
        if (!current.alive()) {
            throw new IOException("gone");
        }
        long played = current.played() - start;
        if (played != lastPlayed) {
            lastPlayed = played;
            moved = now;
        }
        clock.update(played, now);
        long queued = written - played;
        if (queued > 0 && now - moved > DEAD_NANOS) {
            throw new IOException("stands still");
        }
        // What plays goes to the line as it comes, where it outlasts a pause of this thread as well.
        long wanted = buffer.playing() ? current.depth() : Math.min(current.depth(), buffer.targetFrames() / 2);
        boolean full = queued > wanted - PlayoutBuffer.CHUNK;
        if (full || queued > clock.step() + SLACK && buffer.isShort(PlayoutBuffer.CHUNK)) {
            LockSupport.parkNanos(NAP);
            return;
        }
        if (queued <= 0) {
            // It did not move for want of sound.
            moved = now;
            if (buffer.playing() && written > 0) {
                dry = dry + 1;
                buffer.ranDry(now);
            }
        }
        buffer.spare((int) Math.min(Integer.MAX_VALUE, queued - clock.step() - SLACK), now);
        buffer.take(chunk, PlayoutBuffer.CHUNK, Math.max(0, written - clock.at(now)), now);
        current.write(chunk, chunk.length);
        written += PlayoutBuffer.CHUNK;
    }

    private void adopt(OutLine fresh, long now) {
        line = fresh;
        written = 0;
        lastPlayed = 0;
        start = fresh.played();
        moved = now;
        clock.restart(0, now);
        buffer.restart();
    }

    private void fail(IOException cause) {
        LOG.debug("The sound line {} failed: {}", line.device(), cause.toString());
        retire(line);
        adopt(new NowhereLine(), System.nanoTime());
        lineFailed.run();
    }

    /** Closing may wait for a driver: elsewhere. */
    private static void retire(OutLine old) {
        if (!(old instanceof NowhereLine)) {
            Thread closer = new Thread(old::close, "berth-audio-close");
            closer.setDaemon(true);
            closer.start();
        }
    }

    /** Ends it and its line. */
    @Override
    public void close() {
        over = true;
        OutLine coming = next.getAndSet(null);
        if (coming != null) {
            coming.close();
        }
        LockSupport.unpark(thread);
    }
}
