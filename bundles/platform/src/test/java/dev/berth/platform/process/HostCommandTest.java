/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostCommandTest {

    @Test
    void keepsOutputErrorsAndStatusApart() throws Exception {
        HostCommand.Result result =
                HostCommand.of("sh", "-c", "echo out; echo err >&2; exit 7").run(TaskContext.silent());
        assertThat(result.status()).isEqualTo(7);
        assertThat(result.text()).isEqualTo("out\n");
        assertThat(result.lastErrors()).isEqualTo("err");
    }

    @Test
    void drainsBothPipesWhateverTheirSize() throws Exception {
        HostCommand.Result result = HostCommand.of("sh", "-c", "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero")
                .run(TaskContext.silent());
        assertThat(result.output()).hasSize(300_000);
        assertThat(result.errors()).hasSize(300_000);
    }

    @Test
    void feedsInputAndBearsAProgramThatIgnoresIt() throws Exception {
        byte[] input = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        HostCommand cat = new HostCommand(List.of("cat"), Map.of(), input, Duration.ofSeconds(20));
        assertThat(cat.run(TaskContext.silent()).output()).isEqualTo(input);
        HostCommand deaf = new HostCommand(List.of("true"), Map.of(), input, Duration.ofSeconds(20));
        assertThat(deaf.run(TaskContext.silent()).ok()).isTrue();
    }

    @Test
    void killsWhatRunsPastItsLimit() {
        assertThatThrownBy(() -> HostCommand.of("sleep", "60")
                        .within(Duration.ofMillis(100))
                        .run(TaskContext.silent()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sleep");
    }
}
