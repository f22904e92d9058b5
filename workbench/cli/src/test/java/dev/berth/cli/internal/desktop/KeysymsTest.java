/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeysymsTest {

    @Test
    void charactersHaveTheKeysymsOfTheXProtocol() {
        assertThat(Keysyms.ofCodePoint('a')).isEqualTo(0x61);
        assertThat(Keysyms.ofCodePoint('ä')).isEqualTo(0xe4);
        assertThat(Keysyms.ofCodePoint('€')).isEqualTo(0x0100_20ac);
        assertThat(Keysyms.ofCodePoint(0x1f600)).isEqualTo(0x0101_f600);
        assertThat(Keysyms.ofCodePoint('\n')).isEqualTo(0xff0d);
        assertThatThrownBy(() -> Keysyms.ofCodePoint(1)).hasMessageContaining("U+0001");
    }

    @Test
    void combinationsAreTakenApart() {
        assertThat(Keysyms.ofCombination("ctrl+alt+t")).containsExactly(0xffe3, 0xffe9, 0x74);
        assertThat(Keysyms.ofCombination("Page_Up")).containsExactly(0xff55);
        assertThat(Keysyms.ofCombination("shift+F10")).containsExactly(0xffe1, 0xffc7);
        assertThat(Keysyms.ofCombination("+")).containsExactly(0x2b);
        assertThat(Keysyms.ofCombination("ctrl++")).containsExactly(0xffe3, 0x2b);
        assertThatThrownBy(() -> Keysyms.ofCombination("ctrl+nosuch")).hasMessageContaining("nosuch");
        assertThatThrownBy(() -> Keysyms.ofCombination("")).isInstanceOf(IllegalArgumentException.class);
    }
}
