/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.task.TaskContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of one container with a fake {@code wslc}; the long form of the tests runs the whole contract. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FakeWslcTest {

    @TempDir
    Path folder;

    @Test
    void runsAContainer() throws Exception {
        TaskContext context = TaskContext.silent();
        try (FakeWslc fake = FakeWslc.start(Files.createDirectories(folder.resolve("fake")), false);
                WslcEngine engine = fake.engine("no-gpu")) {
            Path run = Files.createDirectories(folder.resolve("run"));
            Files.writeString(run.resolve("start.sh"), "echo started; exec sleep 1000\n");
            ContainerSpec spec = ContainerSpec.builder(
                            "one", engine.load(BusyboxImage.make(folder.resolve("image")), context), folder, run)
                    .command(List.of("/bin/sh", "/run/berth/start.sh"))
                    .network(NetworkSpec.NONE)
                    .build();
            Container container = engine.create(spec, context);
            container.start(context);
            try (ContainerProcess process = container.exec(ExecSpec.of("sh", "-c", "cat; exit 7"), context)) {
                process.stdin().write("a \"b\" c\n".getBytes(StandardCharsets.UTF_8));
                process.stdin().close();
                assertThat(process.stdout().readAllBytes()).asString().isEqualTo("a \"b\" c\n");
                assertThat(process.waitFor()).isEqualTo(7);
            }
            try (WslcEngine other = fake.engine("")) {
                Container found = other.find("one", context).orElseThrow();
                assertThat(found.logs(false).readAllBytes()).asString().isEqualTo("started\n");
                found.stop(Duration.ZERO, context);
            }
            assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
            assertThat(container.exitCode()).hasValue(137);
            container.remove(context);
            assertThat(engine.containers(context)).isEmpty();
        }
    }
}
