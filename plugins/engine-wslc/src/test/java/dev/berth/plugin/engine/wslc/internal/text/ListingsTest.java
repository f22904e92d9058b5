/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.engine.wslc.internal.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingsTest {

    @Test
    void readsDistributions() throws Exception {
        for (String name : List.of("wsl-list-verbose.utf16le.txt", "wsl-list-verbose.utf8.txt")) {
            assertThat(Columns.distributions(Samples.text(name)))
                    .containsExactly(
                            new Columns.Distribution("Ubuntu", "Running", 2, true),
                            new Columns.Distribution("Azure Linux 3", "Stopped", 2, false),
                            new Columns.Distribution("berth-debian", "Converting", 2, false),
                            new Columns.Distribution("Altes Ding", "Stopped", 1, false));
        }
        assertThat(Columns.distributions(Samples.text("wsl-list-verbose.cut.utf16le.txt")))
                .hasSize(4);
        assertThat(Columns.distributions(Samples.text("wsl-no-distribution.de.utf16le.txt")))
                .isEmpty();
        assertThat(Columns.names(Samples.text("wsl-list-quiet.utf16le.txt")))
                .containsExactly("Ubuntu", "Azure Linux 3", "bürth");
    }

    @Test
    void findsVersionsInEveryLanguage() throws Exception {
        Version version = new Version(2, 9, 5);
        for (String name : List.of(
                "wsl-version.de.utf16le.txt",
                "wsl-version.zh.utf16le.txt",
                "wsl-version.ja.utf8.txt",
                "wslc-version.txt",
                "wslc-version.json")) {
            assertThat(Listings.version(Samples.text(name))).as(name).contains(version);
        }
        assertThat(Listings.version("nothing here")).isEmpty();
        assertThat(version.atLeast(new Version(2, 9, 3))).isTrue();
        assertThat(version.atLeast(new Version(2, 10, 0))).isFalse();
        assertThat(version.atLeast(new Version(3, 0, 0))).isFalse();
    }

    @Test
    void readsContainersAndImages() throws Exception {
        List<Listings.Container> containers = Listings.containers(Samples.text("wslc-list.json"));
        assertThat(containers).extracting(Listings.Container::name).containsExactly("berth-desk", "café am Meer");
        assertThat(containers).extracting(Listings.Container::state).containsExactly(2, 3);
        assertThat(Listings.images(Samples.text("wslc-images.json")))
                .containsExactly(
                        new Listings.Image("sha256:1234", "localhost/berth", "aa"),
                        new Listings.Image("sha256:5678", "", ""));
        assertThatThrownBy(() -> Listings.containers("CONTAINER ID   NAME")).isInstanceOf(IOException.class);
    }

    @Test
    void readsUsage() throws Exception {
        assertThat(Listings.usage(Samples.text("wslc-stats.json")))
                .isEqualTo(new Listings.Usage(
                        1.5, 13_107_200, Math.round(1.953 * (1 << 30)), 1200, 0, 4_100_000, 8190, 17));
        assertThat(Listings.usage("[{}]")).isEqualTo(new Listings.Usage(-1, -1, -1, -1, -1, -1, -1, -1));
        assertThat(Listings.size("1,5 KB")).isEqualTo(1500);
        assertThat(Listings.size("--")).isEqualTo(-1);
    }

    @Test
    void readsSessions() throws Exception {
        assertThat(Columns.sessions(Samples.text("wslc-session-list.de.txt")))
                .containsExactly(
                        new Columns.Session(1, 4711, "wslc-cli-Jörg Müller"),
                        new Columns.Session(23, 9000, "Berth desk top"));
    }
}
