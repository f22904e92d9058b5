/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.engine.runc.internal.RuncEngine;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Berth that was killed has asked for a supervisor, which comes when the next Berth is at work. */
class LateSupervisorTest {

    @TempDir
    Path run;

    private Path script;

    @BeforeEach
    void copyScript() throws Exception {
        script = run.resolve("supervise.sh");
        try (InputStream in = RuncEngine.class.getResourceAsStream("supervise.sh")) {
            Files.copy(in, script);
        }
        // As far as this supervisor gets; it must not come to mounting anything.
        Files.writeString(run.resolve(RunState.SETTINGS), "MEMBER=; HIDE_UNIFIED=; LINKS=" + run + "/none\n");
    }

    @Test
    void doesNothingWhenItsStartWasCalledOff() throws Exception {
        RunState state = RunState.in(run);
        state.callOff();

        assertThat(supervise()).isNotZero();
        assertThat(state.failure()).isEmpty();
        assertThat(state.begun()).isFalse();
        assertThat(state.supervisor()).isEmpty();
    }

    @Test
    void goesOnWhenNobodyCalledItOff() throws Exception {
        assertThat(supervise()).isEqualTo(98);
        assertThat(RunState.in(run).failure()).contains("The root file system cannot be mounted.");
    }

    @Test
    void isLeftAloneOnceItIsThere() throws Exception {
        long pid = ProcessHandle.current().pid();
        String start = Proc.startTime(pid).orElseThrow();
        Files.writeString(run.resolve("supervisor"), pid + " " + start + " " + Proc.bootId());

        RunState.in(run).callOff();

        assertThat(run.resolve(RunState.SETTINGS)).exists();
    }

    private int supervise() throws Exception {
        return new ProcessBuilder("sh", script.toString(), run.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
