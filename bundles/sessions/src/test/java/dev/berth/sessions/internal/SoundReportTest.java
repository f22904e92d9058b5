/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.audio.AudioStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SoundReportTest {

    private static final AudioStatistics TOLD =
            new AudioStatistics("Lautsprecher \"links\"", 3, 480, -12.5, Duration.ofMillis(41));

    @TempDir
    Path session;

    private static AudioStream stream() {
        return new AudioStream() {
            @Override
            public void volume(double volume) {}

            @Override
            public void mute(boolean muted) {}

            @Override
            public void microphone(boolean on) {}

            @Override
            public AudioStatistics statistics() {
                return TOLD;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void othersReadWhatThePlayerTellsUntilItEnds() throws Exception {
        assertThat(SoundReport.read(session)).isEmpty();
        SoundReport report = new SoundReport(stream(), session);
        while (SoundReport.read(session).isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(SoundReport.read(session)).contains(TOLD);
        report.close();
        while (SoundReport.read(session).isPresent()) {
            Thread.sleep(10);
        }
    }

    @Test
    void whatAKilledPlayerLeftIsNothing() throws Exception {
        Path file = session.resolve("sound.properties");
        Files.writeString(file, "underruns=1\n");
        assertThat(SoundReport.read(session)).isPresent();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(SoundReport.read(session)).isEmpty();
        Files.writeString(file, "underruns=many\n");
        assertThat(SoundReport.read(session)).isEmpty();
    }
}
