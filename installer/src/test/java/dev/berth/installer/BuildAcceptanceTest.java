/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builders that are killed, and builders that meet. */
@Timeout(1200)
@Order(Integer.MAX_VALUE)
class BuildAcceptanceTest {

    private static final String RECIPE = "debian-minimal";

    @TempDir
    Path folder;

    /** Not a temporary folder of JUnit's: that warns of each link of the tree that points to a place outside. */
    private final Path home = Path.of("target", "build-home");

    /** When a builder is killed: so long after it has said that. */
    private record Moment(String message, long millis) {}

    @BeforeEach
    @AfterEach
    void clean() throws IOException {
        if (Files.exists(home)) {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Test
    void killedBuildersLeaveNoHalfImageAndTheNextTwoGoOn() throws Exception {
        Files.createDirectories(home);
        Berth berth = new Berth(home, folder);
        // While it downloads, while it unpacks what was downloaded, and while a step runs in a container.
        for (Moment moment : List.of(
                new Moment("Downloading [0-9]+ packages", 0),
                new Moment("Downloading [0-9]+ packages", 3_000),
                new Moment("Configuring", 500))) {
            Berth.Running builder = berth.start("image", "build", RECIPE);
            builder.awaitProgress(moment.message());
            Thread.sleep(moment.millis());
            builder.kill();
            assertThat(berth.run("image", "ls", "--json").out().strip())
                    .as("killed at %s", moment)
                    .isEqualTo("[]");
            assertThat(berth.run("session", "ls", "--json").out().strip()).isEqualTo("[]");
        }
        Berth.Running one = berth.start("image", "build", RECIPE, "--json");
        Berth.Running two = berth.start("image", "build", RECIPE, "--json");
        Berth.Outcome first = one.await();
        Berth.Outcome second = two.await();
        assertThat(first.code()).as(first.out() + first.err()).isZero();
        assertThat(second.code()).as(second.out() + second.err()).isZero();
        assertThat(second.value("digest")).isEqualTo(first.value("digest"));
        assertThat(Long.parseLong(berth.run("image", "du", "--json").value("unpackedBytes")))
                .as("the minimal desktop's size")
                .isLessThan(250_000_000);
        assertThat(berth.run("doctor", "--json").code()).isZero();
        assertThat(berth.mounts()).isEmpty();
    }
}
