/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a server says ends in an IOException at worst: it never hangs, never leaves the picture, never eats memory. The streams in
 * {@code corpus} were recorded from real servers; those in {@code corpus/found} once did harm.
 */
@Timeout(100)
final class HostileServerTest {

    private static final int SHORT = 8_000;
    private static final int SHORT_GREETINGS = 400;
    private static final int LONG = 1_000_000;
    private static final int LONG_GREETINGS = 20_000;

    private static List<byte[]> recorded(String suffix) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(corpus())) {
            for (Path file : files.filter(each -> each.toString().endsWith(suffix))
                    .sorted()
                    .toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    static Path corpus() {
        try {
            URL url = Objects.requireNonNull(HostileServerTest.class.getResource("/corpus"));
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fuzz(List<byte[]> seeds, long seed, int rounds, Predicate<byte[]> client) throws IOException {
        Mutator mutator = new Mutator(seeds, seed);
        int ended = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = mutator.next();
            try {
                ended += client.test(bytes) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                Path kept = Files.write(Files.createTempFile("hostile", ".stream"), bytes);
                throw new AssertionError("round " + round + " of seed " + seed + ", kept in " + kept, e);
            }
        }
        assertThat(ended)
                .as("some of it must get through, or nothing was tried")
                .isPositive();
    }

    private static List<byte[]> streams() throws IOException {
        List<byte[]> seeds = recorded(".rfb");
        seeds.addAll(Arrays.asList(SyntheticStreams.all()));
        return seeds;
    }

    @Test
    void understandsWhatRealServersSay() throws IOException {
        for (byte[] stream : recorded(".rfb")) {
            assertThat(HostileStream.play(stream)).isTrue();
        }
    }

    @Test
    void survivesWhatOnceDidHarm() throws IOException {
        try (Stream<Path> files = Files.list(corpus().resolve("found"))) {
            for (Path file : files.toList()) {
                HostileStream.fuzzerTestOneInput(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void survivesBrokenMessages() throws IOException {
        fuzz(streams(), 20_261_123, SHORT, HostileStream::play);
    }

    @Test
    void survivesBrokenGreetings() throws IOException {
        fuzz(recorded(".hello"), 20_261_124, SHORT_GREETINGS, HostileStream::greet);
    }

    @Test
    @Tag("long")
    @Timeout(1000)
    void survivesManyBrokenMessages() throws IOException {
        fuzz(streams(), System.nanoTime(), LONG, HostileStream::play);
    }

    @Test
    @Tag("long")
    @Timeout(1000)
    void survivesManyBrokenGreetings() throws IOException {
        fuzz(recorded(".hello"), System.nanoTime(), LONG_GREETINGS, HostileStream::greet);
    }
}
