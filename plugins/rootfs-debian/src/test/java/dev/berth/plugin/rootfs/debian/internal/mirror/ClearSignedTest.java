/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.RootfsException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed release files, made by gpg, judged by us and by gpgv. */
class ClearSignedTest {

    private static final String TEXT = "Origin: Test\nSuite: bookworm\n- a line that begins with a dash\nSHA256:\n";

    @TempDir
    static Path folder;

    private static Path gpgHome;
    private static Path ownRing;
    private static Path otherRing;
    private static byte[] signed;

    @BeforeAll
    static void sign() throws Exception {
        gpgHome = Files.createDirectory(
                folder.resolve("g"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gpg("--quick-generate-key", "own@example.org", "rsa2048", "sign", "1y");
        gpg("--quick-generate-key", "other@example.org", "rsa2048", "sign", "1y");
        ownRing = folder.resolve("own.gpg");
        otherRing = folder.resolve("other.gpg");
        gpg("--output", ownRing.toString(), "--export", "own@example.org");
        gpg("--output", otherRing.toString(), "--export", "other@example.org");
        Path plain = Files.writeString(folder.resolve("Release"), TEXT);
        Path result = folder.resolve("InRelease");
        gpg("--local-user", "own@example.org", "--output", result.toString(), "--clearsign", plain.toString());
        signed = Files.readAllBytes(result);
    }

    @AfterAll
    static void endAgent() throws Exception {
        run(List.of("gpgconf", "--homedir", gpgHome.toString(), "--kill", "all"));
    }

    @Test
    void handsOutWhatWasSigned() throws Exception {
        assertThat(gpgvAccepts(signed)).isTrue();
        assertThat(verify(signed, ownRing, Instant.now()).strip()).isEqualTo(TEXT.strip());
    }

    @Test
    void refusesATextThatWasChanged() throws Exception {
        byte[] changed =
                text(signed).replace("Suite: bookworm", "Suite: bookwork").getBytes(StandardCharsets.UTF_8);
        assertThat(gpgvAccepts(changed)).isFalse();
        assertRefused(changed, ownRing, Instant.now());
    }

    @Test
    void refusesAKeyThatIsNotInTheRing() {
        assertRefused(signed, otherRing, Instant.now());
    }

    @Test
    void refusesAKeyThatHasExpired() {
        assertRefused(signed, ownRing, Instant.now().plus(Duration.ofDays(800)));
    }

    @Test
    void refusesTextAroundTheSignedText() {
        assertRefused(("Suite: evil\n" + text(signed)).getBytes(StandardCharsets.UTF_8), ownRing, Instant.now());
        assertRefused((text(signed) + "Suite: evil\n").getBytes(StandardCharsets.UTF_8), ownRing, Instant.now());
    }

    @Test
    void refusesWhatIsCutOff() {
        for (int length = 0; length < signed.length - 40; length += 37) {
            assertRefused(Arrays.copyOf(signed, length), ownRing, Instant.now());
        }
    }

    private static void assertRefused(byte[] message, Path ring, Instant now) {
        assertThatThrownBy(() -> verify(message, ring, now)).isInstanceOf(RootfsException.class);
    }

    private static String verify(byte[] message, Path ring, Instant now) throws RootfsException {
        return ClearSigned.verify(message, KeyRing.read(List.of(ring.toString())), now);
    }

    private static boolean gpgvAccepts(byte[] message) throws Exception {
        Path file = Files.write(Files.createTempFile(folder, "message", ".asc"), message);
        return run(List.of("gpgv", "--keyring", ownRing.toString(), file.toString())) == 0;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void gpg(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "gpg", "--homedir", gpgHome.toString(), "--batch", "--pinentry-mode", "loopback", "--passphrase", ""));
        command.addAll(List.of(arguments));
        assertThat(run(command)).as(() -> String.join(" ", command)).isZero();
    }

    private static int run(List<String> command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start()
                .waitFor();
    }
}
