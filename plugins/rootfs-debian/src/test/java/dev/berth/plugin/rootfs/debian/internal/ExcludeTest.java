/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.rootfs.debian.internal.tree.Excludes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcludeTest {

    @Test
    void tellsDpkgTheSame() {
        Excludes excludes = Excludes.parse(" /usr/share/man/*  /usr/lib/*/libLLVM* ");
        assertThat(excludes.files()).hasSize(1);
        excludes.files()
                .forEach((path, content) -> assertThat(new String(content, StandardCharsets.UTF_8))
                        .isEqualTo("path-exclude=/usr/share/man/*\npath-exclude=/usr/lib/*/libLLVM*\n"));
        assertThat(Excludes.parse("").files()).isEmpty();
    }

    @Test
    void refusesWhatCouldMeanMore() {
        for (String text : new String[] {"usr/share/man", "/usr/x\\", "/usr/[a-z]", "/usr/$x"}) {
            assertThatThrownBy(() -> Excludes.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
