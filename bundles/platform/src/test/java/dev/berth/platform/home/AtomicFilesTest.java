/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    @TempDir
    Path folder;

    @Test
    void replacesAFileAndLeavesNothingElse() throws Exception {
        Path file = folder.resolve("a.json");
        AtomicFiles.write(file, "one");
        AtomicFiles.write(file, "two");
        assertThat(file).hasContent("two");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void deletesATreeWithoutFollowingLinks() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("keep"), "x");
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("sub"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        AtomicFiles.deleteTree(tree);
        AtomicFiles.deleteTree(tree);
        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("keep")).exists();
    }
}
