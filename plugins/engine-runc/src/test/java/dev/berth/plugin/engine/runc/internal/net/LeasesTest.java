/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.EngineException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {

    private static final String HEADER =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

    @TempDir
    Path folder;

    @Test
    void knowsWhatTheHostRoutes() {
        assertThat(Leases.secondNumbersRouted(HEADER + "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"))
                .as("a default route")
                .isEmpty();
        assertThat(Leases.secondNumbersRouted(HEADER + "tun0\t0000D20A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"))
                .as("10.210.0.0/16")
                .containsExactly(210);
        assertThat(Leases.secondNumbersRouted(HEADER + "tun0\t0005D20A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"))
                .as("10.210.5.0/24")
                .containsExactly(210);
        assertThat(Leases.secondNumbersRouted(HEADER + "tun0\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n"))
                .as("10.0.0.0/8")
                .hasSize(256);
        assertThat(Leases.secondNumbersRouted("nonsense\n\n a b c d e f g h")).isEmpty();
    }

    @Test
    void givesTheSameNumberAgain() throws Exception {
        Leases leases = new Leases(folder);
        assertThat(leases.make(Leases.COMMON)).isZero();
        assertThat(leases.make("one")).isEqualTo(1);
        assertThat(leases.make("two")).isEqualTo(2);
        assertThat(leases.take("one", "a")).isEqualTo(2);
        assertThat(leases.take("one", "b")).isEqualTo(3);
        assertThat(leases.take("one", "a")).isEqualTo(2);
        leases.giveBack("one", "a");
        assertThat(leases.take("one", "c")).isEqualTo(2);
        leases.remove("one");
        assertThat(leases.make("three")).isEqualTo(1);
        assertThat(leases.names()).containsExactly("three", "two");
        assertThat(leases.prefix()).isEqualTo(leases.prefix()).matches("10\\.[0-9]+");
    }

    @Test
    void isFullAfter253() throws Exception {
        Leases leases = new Leases(folder);
        leases.make("full");
        for (int i = 0; i < 253; i++) {
            leases.take("full", "c" + i);
        }
        assertThatThrownBy(() -> leases.take("full", "late")).isInstanceOf(EngineException.class);
    }
}
