/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.share.ShareSpec;
import dev.berth.sessions.SessionManager.StageTime;
import dev.berth.sessions.internal.SessionRecord.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {

    static SessionRecord record(String id, String name, Phase phase) {
        return new SessionRecord(
                id,
                name,
                "debian-xfce",
                "fake",
                "sha256:" + "0".repeat(64),
                Instant.parse("2026-11-23T03:00:00Z"),
                false,
                "berth",
                "rfb",
                "none",
                List.of(),
                SessionRecord.Launch.DEFAULT,
                phase,
                "",
                List.of());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        SessionRecord record = new SessionRecord(
                "a1",
                "my \"desk\" ä",
                "debian-xfce",
                "runc",
                "",
                Instant.parse("2026-11-23T03:00:00.123Z"),
                true,
                "berth",
                "rfb",
                "pulseaudio",
                List.of(new ShareSpec(Path.of("/srv/data"), "/mnt", true)),
                new SessionRecord.Launch(
                        1920,
                        1080,
                        1L << 31,
                        1.5,
                        new NetworkSpec(NetworkSpec.Kind.NAMED, "lab"),
                        List.of(new PortMapping(8080, 80))),
                Phase.FAILED,
                "It broke.",
                List.of(new StageTime("display", Duration.ofMillis(12))));

        assertThat(RecordJson.read(RecordJson.write(record))).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"schema\":1}",
                "{\"schema\":2,\"id\":\"a\"}",
                "{\"schema\":1,\"id\":{},\"name\":[1]}",
                "not json"
            })
    void rubbishIsRefused(String text) {
        assertThatThrownBy(() -> RecordJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
