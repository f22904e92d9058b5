/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSlotTest {

    @TempDir
    Path caches;

    @Test
    void whatACleanEndLeftIsTakenAgain() throws Exception {
        Path library;
        try (CacheSlot slot = CacheSlot.take(caches, "build")) {
            library = library(slot);
            slot.markComplete();
        }
        try (CacheSlot slot = CacheSlot.take(caches, "build")) {
            assertThat(slot.complete()).isTrue();
            assertThat(library).exists();
        }
    }

    @Test
    void nativeLibrariesOfAKilledProcessAreNotTrusted() throws Exception {
        Path library;
        Path killed;
        try (CacheSlot slot = CacheSlot.take(caches, "build")) {
            library = library(slot);
            slot.markComplete();
            killed = slot.folder().resolve("berth.running");
            assertThat(killed).exists();
        }
        assertThat(killed).doesNotExist();
        // As a kill leaves it.
        Files.createFile(killed);
        try (CacheSlot slot = CacheSlot.take(caches, "build")) {
            assertThat(slot.complete()).isTrue();
            assertThat(library).doesNotExist();
            assertThat(slot.folder().resolve("bundle10/version0.0")).isEmptyDirectory();
        }
    }

    @Test
    void aCacheThatWasNeverCompleteIsEmptied() throws Exception {
        Path library;
        try (CacheSlot slot = CacheSlot.take(caches, "build")) {
            library = library(slot);
        }
        try (CacheSlot slot = CacheSlot.take(caches, "build")) {
            assertThat(slot.complete()).isFalse();
            assertThat(library).doesNotExist();
        }
    }

    private static Path library(CacheSlot slot) throws Exception {
        Path folder = Files.createDirectories(slot.folder().resolve("bundle10/version0.0/jna.jar-lib/0/com"));
        return Files.writeString(folder.resolve("libjna.so"), "half");
    }
}
