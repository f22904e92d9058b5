/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeChooserTest {

    @TempDir
    Path home;

    @Test
    void aRuntimeThatIsInstalledWhileBerthRunsIsFound() throws Exception {
        List<Path> installed = new ArrayList<>();
        RuncEngine engine = new RuncEngine(home, () -> List.copyOf(installed));
        assertThat(engine.probe(TaskContext.silent()).usable()).isFalse();

        installed.add(Commands.find("crun").orElseThrow(() -> new AssertionError("no crun")));

        assertThat(engine.probe(TaskContext.silent()).usable()).isTrue();
    }
}
