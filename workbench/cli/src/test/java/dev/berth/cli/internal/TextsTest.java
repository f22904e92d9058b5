/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "10485760,10 MiB", "1395864371,1.3 GiB"})
    void bytes(long bytes, String text) {
        assertThat(Texts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"2s,2000", "500ms,500", "1m,60000", "1.5,1500", "0,0"})
    void durations(String text, long millis) {
        assertThat(Texts.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "NaN", "1h2", "ms"})
    void badDurations(String text) {
        assertThatThrownBy(() -> Texts.parseDuration(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"512m,536870912", "2g,2147483648", "2GiB,2147483648", "1.5k,1536", "7,7"})
    void sizes(String text, long bytes) {
        assertThat(Texts.parseBytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1m", "1x", "1e30g"})
    void badSizes(String text) {
        assertThatThrownBy(() -> Texts.parseBytes(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tablesAreAligned() {
        assertThat(Texts.table(List.of(List.of("A", "LONG"), List.of("longer", "x"))))
                .isEqualTo("A       LONG\nlonger  x");
    }

    @Test
    void jsonIsOneLineWithItsKeysInOrder() {
        assertThat(Json.write(Json.object("b", 1, "a", List.of("x\n\"", true), "c", Map.of())))
                .isEqualTo("{\"b\":1,\"a\":[\"x\\n\\\"\",true],\"c\":{}}");
        assertThat(Json.readStrings("[\"session\",\"t\\u00e4st\",\"\"]")).containsExactly("session", "täst", "");
    }

    @Test
    void aScreenIsWhereADisplayIs() {
        assertThat(Screen.isThere("Linux", Map.of("DISPLAY", ":0"))).isTrue();
        assertThat(Screen.isThere("Linux", Map.of())).isFalse();
        assertThat(Screen.isThere("Windows 11", Map.of())).isTrue();
    }
}
