/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredFilesTest {

    @TempDir
    Path folder;

    private Path upper;
    private Path lower;
    private LayeredFiles files;

    @BeforeEach
    void layers() throws Exception {
        upper = Files.createDirectories(folder.resolve("upper"));
        lower = Files.createDirectories(folder.resolve("lower"));
        Files.createDirectories(upper.resolve("etc"));
        Files.createDirectories(lower.resolve("etc"));
        files = new LayeredFiles(List.of(upper, lower));
    }

    @Test
    void takesTheHighest() throws Exception {
        Files.writeString(lower.resolve("etc/a"), "low");
        Files.writeString(lower.resolve("etc/b"), "low");
        Files.writeString(upper.resolve("etc/b"), "high");
        assertThat(files.read("/etc/a")).contains("low");
        assertThat(files.read("/etc/b")).contains("high");
        assertThat(files.read("/etc/c")).isEmpty();
        assertThat(files.read("/etc")).isEmpty();
    }

    @Test
    void followsLinksInsideTheGuestOnly() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "of the host");
        Files.createSymbolicLink(upper.resolve("etc/absolute"), secret);
        Files.createSymbolicLink(upper.resolve("etc/upwards"), Path.of("../../../../../../.." + secret));
        Files.createSymbolicLink(upper.resolve("outside"), folder);
        Files.createSymbolicLink(upper.resolve("etc/loop"), Path.of("loop"));
        assertThat(files.read("/etc/absolute")).isEmpty();
        assertThat(files.read("/etc/upwards")).isEmpty();
        assertThat(files.read("/outside/secret")).isEmpty();
        assertThat(files.read("/etc/loop")).isEmpty();
        assertThat(files.read("/../../" + secret)).isEmpty();

        Files.createDirectories(lower.resolve("usr/lib"));
        Files.writeString(lower.resolve("usr/lib/passwd"), "fine");
        Files.createSymbolicLink(upper.resolve("etc/passwd"), Path.of("/usr/lib/passwd"));
        Files.createSymbolicLink(upper.resolve("lib"), Path.of("usr/lib"));
        assertThat(files.read("/etc/passwd")).contains("fine");
        assertThat(files.read("/lib/../lib/passwd")).contains("fine");
    }

    @Test
    void readsNothingThatIsNoFileOrTooLarge() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", upper.resolve("etc/fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.write(upper.resolve("etc/large"), new byte[(1 << 20) + 1]);
        assertThat(files.read("/etc/fifo")).isEmpty();
        assertThat(files.read("/etc/large")).isEmpty();
    }

    @Test
    void aWhiteoutHidesWhatIsBelow() throws Exception {
        Files.writeString(lower.resolve("etc/gone"), "below");
        assertThat(new ProcessBuilder("mknod", upper.resolve("etc/gone").toString(), "c", "0", "0")
                        .start()
                        .waitFor())
                .isZero();
        assertThat(files.read("/etc/gone")).isEmpty();
    }
}
