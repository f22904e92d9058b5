/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.ContainerState;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.task.TaskContext;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd finds as the first process: as a shell sees it, which needs no image with systemd. */
class SystemdInitTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    /** Makes a group as systemd does for each unit, tries to lift a limit of its own, and leaves the group behind. */
    private static final String SCRIPT = """
            echo "container=$container"
            grep -c ' /run tmpfs ' /proc/mounts
            if [ -e /sys/fs/cgroup/cgroup.controllers ]; then group=/sys/fs/cgroup; else group=/sys/fs/cgroup/systemd; fi
            mkdir -p "$group/init.scope" && echo $$ > "$group/init.scope/cgroup.procs" && echo made
            touch /run/here && echo writable
            if [ -d /sys/fs/cgroup/pids ]; then
              echo max > /sys/fs/cgroup/pids/pids.max || echo limited
            else
              echo limited
            fi
            test -S /run/berth/none || echo ended
            """;

    @TempDir
    Path home;

    @Test
    void controlGroupsAndRunAreItsOwn() throws Exception {
        RuncEngine engine = new RuncEngine(home.resolve("home"));
        assertThat(engine.probe(CONTEXT).can(EngineCapability.SYSTEMD)).isTrue();
        EngineImage image = engine.load(BusyboxImage.make(home.resolve("image")), CONTEXT);
        Path folder = Files.createDirectories(home.resolve("c"));
        Container container = engine.create(
                ContainerSpec.builder("systemd", image, folder, Files.createDirectories(folder.resolve("run")))
                        .command(List.of("sh", "-c", SCRIPT))
                        .init(ContainerSpec.Init.SYSTEMD)
                        .network(NetworkSpec.NONE)
                        .build(),
                CONTEXT);
        container.start(CONTEXT);
        try (InputStream logs = container.logs(true)) {
            assertThat(new String(logs.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .contains("container=oci", "1", "made", "writable", "limited", "ended");
        }
        container.stop(Duration.ofSeconds(10), CONTEXT);
        assertThat(container.state()).isEqualTo(ContainerState.STOPPED);
        container.remove(CONTEXT);
        Leftovers.requireNone(engine, home);
    }
}
