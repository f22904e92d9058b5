/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTrainingTest {

    @TempDir
    Path temp;

    @Test
    void runsACommandInAHomeThatIsThrownAway() throws Exception {
        Path launcher = launcher("touch \"$BERTH_HOME/used\" && echo \"$BERTH_TRAIN $*\" > \"$0.ran\"");
        Path left = Files.createDirectories(temp.resolve("home/cache/training/left"));

        FirstTraining.begin(launcher, temp.resolve("home"), Duration.ZERO).join();

        assertThat(Path.of(launcher + ".ran")).hasContent("1 session ls --json");
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void doesNothingInABerthThatHasItsArchive() {
        FirstTraining.begin(new Install(temp), temp.resolve("home"));
        assertThat(temp.resolve("home")).doesNotExist();
    }

    private Path launcher(String script) throws Exception {
        Path file = Files.writeString(temp.resolve("berth"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
