/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.repository.FileServer;
import dev.berth.plugin.rootfs.debian.internal.repository.SigningKey;
import dev.berth.plugin.rootfs.debian.internal.repository.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source believes of a mirror, and what it does not. */
class MirrorTrustTest {

    private static final String FUTURE =
            "Valid-Until: " + TestRepository.date(Instant.now().plus(Duration.ofDays(7))) + "\n";
    private static final String PAST = "Valid-Until: Tue, 21 Nov 2023 22:13:20 UTC\n";

    @TempDir
    static Path archive;

    private static SigningKey key;
    private static TestRepository repository;

    @TempDir
    Path folder;

    private FileServer server;

    @BeforeAll
    static void make() throws Exception {
        key = new SigningKey(archive);
        repository = new TestRepository(archive)
                .add("base-files", "12", "Essential: yes\nPriority: required", Map.of("etc/os-release", "ID=debian\n"))
                .publish(key);
    }

    @AfterAll
    static void end() throws Exception {
        key.close();
    }

    @BeforeEach
    void publish() throws Exception {
        repository.publishIndex(key, FUTURE);
        server = new FileServer(archive);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void believesASignedReleaseOfToday() throws Exception {
        assertThat(resolve(Map.of(), Clock.systemUTC()).summary()).startsWith("Debian 12.0 bookworm");
    }

    @Test
    void refusesAReleasePastItsDate() throws Exception {
        repository.publishIndex(key, PAST);

        assertRefused("rootfs.release.expired", "out of date");
        assertThat(resolve(Map.of("check-valid-until", "no"), Clock.systemUTC()).summary())
                .contains("1 packages");
    }

    @Test
    void judgesTheDateByTheClock() throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));

        assertThatThrownBy(() -> resolve(Map.of(), later)).hasMessageContaining("out of date");
    }

    @Test
    void refusesAReleaseWithoutASignature() throws Exception {
        Files.copy(release(), signed(), StandardCopyOption.REPLACE_EXISTING);

        assertRefused("rootfs.signature.malformed", "not a signed text");
    }

    @Test
    void refusesASignatureOfAnotherKey(@TempDir Path elsewhere) throws Exception {
        try (SigningKey other = new SigningKey(elsewhere)) {
            other.sign(release(), signed());
        }

        assertRefused("rootfs.signature.bad", "no valid signature");
    }

    @Test
    void refusesAReleaseThatWasChanged() throws Exception {
        String text = Files.readString(signed()).replace("Version: 12.0", "Version: 13.0");
        Files.writeString(signed(), text);

        assertRefused("rootfs.signature.bad", "no valid signature");
    }

    @Test
    void refusesTheReleaseOfAnotherSuite() throws Exception {
        String text = Files.readString(release()).replace("Codename: bookworm", "Codename: trixie");
        Files.writeString(release(), text);
        key.sign(release(), signed());

        assertRefused("rootfs.release.suite", "not that of bookworm");
    }

    @Test
    void refusesAnIndexThatIsNotTheReleases() throws Exception {
        Path packed = repository.packages().resolveSibling("Packages.gz");
        byte[] bytes = Files.readAllBytes(packed);
        bytes[bytes.length - 5] ^= 1;
        Files.write(packed, bytes);

        assertRefused("rootfs.download.digest", "The package index main/binary-amd64/Packages.gz of bookworm");
    }

    @Test
    void refusesAnIndexThatUnpacksToMoreThanTheReleaseSays() throws Exception {
        byte[] plain = Files.readAllBytes(repository.packages());
        String said = " " + plain.length + " main/binary-amd64/Packages\n";
        String text = Files.readString(release()).replace(said, " 10 main/binary-amd64/Packages\n");
        Files.writeString(release(), text);
        key.sign(release(), signed());

        assertRefused("rootfs.index.damaged", "damaged");
    }

    @Test
    void usesWhatItHasWhenTheMirrorIsAway() throws Exception {
        RootfsResolution before = resolve(Map.of(), Clock.systemUTC());
        server.mischief((exchange, file) -> {
            exchange.sendResponseHeaders(500, -1);
            return true;
        });

        assertThat(resolve(Map.of(), Clock.systemUTC()).key()).isEqualTo(before.key());
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));
        assertThatThrownBy(() -> resolve(Map.of(), later)).hasMessageContaining("out of date");
    }

    @Test
    void saysWhyTheMirrorCannotBeReached() throws Exception {
        server.mischief((exchange, file) -> {
            exchange.sendResponseHeaders(500, -1);
            return true;
        });

        assertRefused("rootfs.mirror.unreachable", "HTTP status 500");
    }

    @Test
    void doesNotTrustItsOwnCache() throws Exception {
        RootfsResolution before = resolve(Map.of(), Clock.systemUTC());
        try (var files = Files.list(folder.resolve("cache"))) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".date")).toList()) {
                Files.write(file, "damaged".getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(resolve(Map.of(), Clock.systemUTC()).key()).isEqualTo(before.key());
    }

    private Path release() {
        return repository.dist().resolve("Release");
    }

    private Path signed() {
        return repository.dist().resolve("InRelease");
    }

    private void assertRefused(String code, String words) {
        assertThatThrownBy(() -> resolve(Map.of(), Clock.systemUTC()))
                .isInstanceOfSatisfying(RootfsException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.summary()).contains(words);
                });
    }

    private RootfsResolution resolve(Map<String, String> options, Clock clock) throws Exception {
        Path etc = repository.hostSources(server.address("debian"), key.ring());
        return new DebianRootfsSource(etc, folder.resolve("cache"), clock)
                .resolve(
                        new RootfsRequest(
                                RootfsReference.parse("debian:" + TestRepository.SUITE),
                                new Platform("linux", "amd64", ""),
                                List.of(),
                                false,
                                options),
                        TaskContext.silent());
    }
}
