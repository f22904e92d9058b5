/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.ROOT;
import static dev.berth.plugin.share.ninep.internal.NinepClient.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.share.ninep.internal.linux.LinuxVolume;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that knows many more files than the server may have descriptors. */
class HandleBudgetTest {

    private static final int FILES = 600;
    private static final int LIMIT = 64;

    @TempDir
    Path temp;

    @Test
    void filesAreFoundAgain() throws Exception {
        Path share = Files.createDirectory(temp.resolve("share"));
        for (int i = 0; i < FILES; i++) {
            Path folder = Files.createDirectories(share.resolve("folder" + i % 20));
            Files.writeString(folder.resolve("file" + i), "content" + i);
        }
        int before = descriptors();
        try (TestServer server =
                        new TestServer(LinuxVolume.open(share, Ownership.hosts(), LIMIT), temp.resolve("s"), false);
                NinepClient client = server.client()) {
            for (int i = 0; i < FILES; i++) {
                check(client.walk(ROOT, 1000 + i, "folder" + i % 20, "file" + i));
            }
            assertThat(descriptors() - before).isLessThan(LIMIT + 80);

            // Renamed and removed while their handles are closed: the fids stay good.
            check(client.walk(ROOT, 10, "folder0"));
            check(client.walk(ROOT, 11, "folder1"));
            check(client.rename(10, "file0", 11, "renamed"));
            check(client.unlink(11, "file1", 0));
            check(client.rename(ROOT, "folder2", ROOT, "moved"));
            assertThat(check(client.getattr(1001)).body().getLong(8 + 13 + 12))
                    .as("links of a removed file")
                    .isZero();

            for (int i = 0; i < FILES; i++) {
                check(client.open(1000 + i, 0));
                assertThat(client.readText(1000 + i)).isEqualTo("content" + i);
                check(client.clunk(1000 + i));
            }
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }

    /** What the host puts in the place of a file is not that file. */
    @Test
    void anotherFileOfTheSameNameIsStale() throws Exception {
        Path share = Files.createDirectory(temp.resolve("share"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(share.resolve("file" + i), "content" + i);
        }
        Files.createSymbolicLink(temp.resolve("link"), Path.of("/etc/passwd"));
        try (TestServer server =
                        new TestServer(LinuxVolume.open(share, Ownership.hosts(), LIMIT), temp.resolve("s"), false);
                NinepClient client = server.client()) {
            for (int i = 0; i < FILES; i++) {
                check(client.walk(ROOT, 1000 + i, "file" + i));
            }
            Files.move(share.resolve("file0"), temp.resolve("away"));
            Files.move(temp.resolve("link"), share.resolve("file0"));
            assertThat(client.open(1000, 0).errno()).isEqualTo(116);
        }
    }

    private static int descriptors() {
        return Objects.requireNonNull(Path.of("/proc/self/fd").toFile().list()).length;
    }
}
