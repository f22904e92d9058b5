/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.audio.GuestStream;
import dev.berth.api.error.AudioException;
import dev.berth.api.task.AnyThread;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sound whose counters other processes can read: the one that plays writes them into the session's folder every second, as
 * {@code berth session stats} runs in a process of its own.
 */
@AnyThread
final class SoundReport implements AudioStream {

    private static final Logger LOG = LoggerFactory.getLogger(SoundReport.class);
    private static final String FILE = "sound.properties";
    /** A report that is older was left by a process that is gone. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private final AudioStream stream;
    private final Path file;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "berth-sound-report");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Reports of a sound from now on.
     *
     * @param session the session's folder
     */
    SoundReport(AudioStream stream, Path session) {
        this.stream = stream;
        file = session.resolve(FILE);
        clock.scheduleWithFixedDelay(this::write, 0, 1, TimeUnit.SECONDS);
    }

    private void write() {
        try {
            AudioStatistics now = stream.statistics();
            Properties values = new Properties();
            values.setProperty("device", now.device());
            values.setProperty("underruns", Long.toString(now.underruns()));
            values.setProperty("droppedFrames", Long.toString(now.droppedFrames()));
            values.setProperty("driftPpm", Double.toString(now.driftPpm()));
            values.setProperty("latencyNanos", Long.toString(now.latency().toNanos()));
            StringWriter text = new StringWriter();
            values.store(text, null);
            // Renamed into place, but not forced to the disk: it is worth nothing after a crash.
            Path part = file.resolveSibling("." + FILE + ".part");
            Files.writeString(part, text.toString());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The counters of the sound are not written to {}: {}", file, e.toString());
        }
    }

    /** What the process that plays a session's sound last told; empty when none does. */
    static Optional<AudioStatistics> read(Path session) throws IOException {
        Path file = session.resolve(FILE);
        try {
            if (Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(STALE))) {
                return Optional.empty();
            }
            Properties values = new Properties();
            values.load(new StringReader(Files.readString(file)));
            return Optional.of(new AudioStatistics(
                    values.getProperty("device", ""),
                    Long.parseLong(values.getProperty("underruns", "0")),
                    Long.parseLong(values.getProperty("droppedFrames", "0")),
                    Double.parseDouble(values.getProperty("driftPpm", "0")),
                    Duration.ofNanos(Long.parseLong(values.getProperty("latencyNanos", "0")))));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void volume(double volume) {
        stream.volume(volume);
    }

    @Override
    public void mute(boolean muted) {
        stream.mute(muted);
    }

    @Override
    public void microphone(boolean on) {
        stream.microphone(on);
    }

    @Override
    public AudioStatistics statistics() {
        return stream.statistics();
    }

    @Override
    public double level() {
        return stream.level();
    }

    @Override
    public List<GuestStream> streams() throws AudioException, InterruptedException {
        return stream.streams();
    }

    @Override
    public void streamVolume(long id, double volume) throws AudioException, InterruptedException {
        stream.streamVolume(id, volume);
    }

    @Override
    public void streamMute(long id, boolean muted) throws AudioException, InterruptedException {
        stream.streamMute(id, muted);
    }

    @Override
    public void close() {
        // On the thread that writes, so that nothing is written after it.
        clock.execute(this::delete);
        clock.shutdown();
        stream.close();
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays", file, e);
        }
    }
}
