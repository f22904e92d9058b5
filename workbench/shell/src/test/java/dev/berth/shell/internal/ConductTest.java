/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.shell.internal.model.Conduct;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How mishaps of plugins are counted. */
class ConductTest {

    @Test
    void mishapsAreForgottenAfterAWhileAndToldOfOnce() {
        AtomicLong now = new AtomicLong();
        Conduct conduct = new Conduct(now::get);
        List<String> told = new CopyOnWriteArrayList<>();
        conduct.onExcess(history -> told.add(history.plugin() + " " + history.mishaps() + " " + history.last()));
        IllegalStateException broken = new IllegalStateException("why");
        for (int i = 0; i < 9; i++) {
            now.addAndGet(11 * 60_000_000_000L);
            conduct.failed("a", broken);
        }
        conduct.failed("", broken);
        assertThat(told).isEmpty();
        for (int i = 0; i < 9; i++) {
            now.addAndGet(1_000_000_000L);
            conduct.failed("a", broken);
        }
        assertThat(told).containsExactly("a 3 IllegalStateException: why");
        conduct.blocked("b", "it kept the window waiting", true);
        assertThat(told).hasSize(2);
    }
}
