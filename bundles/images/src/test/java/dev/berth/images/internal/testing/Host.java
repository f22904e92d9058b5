/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.task.TaskContext;
import dev.berth.platform.process.HostCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Programs of the host that tests compare with. A missing one fails the test. */
public final class Host {

    private Host() {}

    /** Runs a program that must succeed; its standard output. */
    public static String run(String... command) throws IOException, InterruptedException {
        return run(Duration.ofMinutes(1), command);
    }

    /** The same, with a limit for what takes long. */
    public static String run(Duration limit, String... command) throws IOException, InterruptedException {
        HostCommand.Result result = HostCommand.of(command).within(limit).run(TaskContext.silent());
        assertThat(result.status())
                .as("%s: %s", List.of(command), result.lastErrors())
                .isZero();
        return result.text();
    }

    /** A line for each file below a folder: path, type, mode, owner, size, time, link target; sorted. */
    public static String listing(Path folder) throws IOException, InterruptedException {
        return run(
                "sh",
                "-c",
                "cd \"$1\" && find . -printf '%p|%y|%m|%U:%G|%l|%T@|%D\\n' | sed 's/|[0-9]*$//' | sort;"
                        + " find . -type f -printf '%p|%s|%n\\n' | sort; find . -type f -print0 | sort -z"
                        + " | xargs -0r sha256sum; getfattr -Rhd -m '^(user|security.capability)' . | sort",
                "sh",
                folder.toString());
    }
}
