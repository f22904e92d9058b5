/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.image.IdRange;
import org.junit.jupiter.api.Test;

class SubordinateIdsTest {

    @Test
    void findsTheRangeByNameOrNumber() {
        String file = "# comment\nother:100000:65536\nme:1:10\n1000:300000:70000\n";
        assertThat(SubordinateIds.mapping(file, file, "me", 1000, 100)).hasValueSatisfying(ids -> {
            assertThat(ids.uids()).containsExactly(new IdRange(0, 1000, 1), new IdRange(1, 300_000, 65_536));
            assertThat(ids.gids()).containsExactly(new IdRange(0, 100, 1), new IdRange(1, 300_000, 65_536));
            assertThat(SubordinateIds.arguments(ids.uids())).isEqualTo("0 1000 1 1 300000 65536");
        });
        assertThat(SubordinateIds.mapping(file, "", "me", 1000, 100)).isEmpty();
        assertThat(SubordinateIds.mapping(file, file, "nobody", 65_534, 100)).isEmpty();
    }
}
