/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.task.TaskContext;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    private static ContainerEngine engine(String id, int preference, HostCheck check) {
        boolean usable = check.status() == HostCheck.Status.OK;
        EngineReport report = new EngineReport(usable, "1", check.detail(), Set.of(), List.of(check));
        return (ContainerEngine) Proxy.newProxyInstance(
                EnginesTest.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "id", "title" -> id;
                    case "preference" -> preference;
                    case "probe" -> report;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private final ContainerEngine best = engine("best", 100, HostCheck.ok("x", "There."));
    private final ContainerEngine other = engine("other", 50, HostCheck.ok("x", "There."));
    private final ContainerEngine elsewhere = engine(
            "elsewhere",
            90,
            new HostCheck(
                    "x", HostCheck.Status.NOT_APPLICABLE, "This is another system.", Remedy.advice("Use the best.")));
    private final List<ContainerEngine> all = List.of(other, elsewhere, best);

    private String chosen(String wanted, String preferred) throws Exception {
        return Engines.choose(all, wanted, preferred, CONTEXT).engine().id();
    }

    @Test
    void takesWhatIsWantedThenWhatIsSetThenTheBest() throws Exception {
        assertThat(chosen("", "")).isEqualTo("best");
        assertThat(chosen("", "other")).isEqualTo("other");
        assertThat(chosen("best", "other")).isEqualTo("best");
        assertThat(chosen("", "elsewhere")).isEqualTo("best");
        assertThat(chosen("", "gone")).isEqualTo("best");
    }

    @Test
    void saysWhyAndWhatHelps() {
        assertThatThrownBy(() -> chosen("elsewhere", "")).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.MISSING);
            assertThat(e.summary()).endsWith("cannot run containers here: This is another system.");
            assertThat(e.remedy().text()).isEqualTo("Use the best.");
        });
        assertThatThrownBy(() -> chosen("nowhere", ""))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.remedy().text()).contains("other, elsewhere, best"));
    }
}
