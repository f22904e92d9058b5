/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.engine.wslc.internal.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecodedTest {

    @Test
    void readsTheSameInEveryEncoding() throws Exception {
        String text = Samples.text("wsl-list-verbose.utf8.txt");
        assertThat(text).startsWith("  NAME ").contains("\n  Azure Linux 3 ").doesNotContain("\r", "\0");
        assertThat(Samples.text("wsl-list-verbose.utf16le.txt")).isEqualTo(text);
        assertThat(Samples.text("wsl-list-verbose.utf16le-bom.txt")).isEqualTo(text);
    }

    @Test
    void dropsWhatIsCutOff() throws Exception {
        String text = Samples.text("wsl-list-verbose.utf8.txt");
        assertThat(Samples.text("wsl-list-verbose.cut.utf16le.txt")).isEqualTo(text.stripTrailing());
        assertThat(Samples.text("wslc-cut.ja.txt")).isEqualTo("エラー コード: WSLC_E_VM_NOT_RUNNING\nエ");
    }

    @Test
    void toleratesEveryCut() throws Exception {
        for (String name :
                new String[] {"wsl-version.zh.utf16le.txt", "wsl-version.ja.utf8.txt", "wsl-list-quiet.utf16le.txt"}) {
            byte[] bytes = Samples.bytes(name);
            String whole = Decoded.text(bytes);
            // From the second line on: a single character of UTF-16 could be anything.
            for (int length = bytes.length / 2; length < bytes.length; length++) {
                String part = Decoded.text(Arrays.copyOf(bytes, length));
                assertThat(whole).as("%s cut at %d", name, length).startsWith(part);
                assertThat(part.length()).isGreaterThan(whole.length() / 2 - 4);
            }
        }
    }

    @Test
    void doesNotTakeChineseForUtf8() {
        // No blank and no end of line: no zero byte tells.
        byte[] bytes = "适用于的子系统没有已安装的分发版".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Decoded.text(bytes)).isEqualTo("适用于的子系统没有已安装的分发版");
    }

    @Test
    void mapsEndsOfLines() {
        assertThat(Decoded.text("a\r\r\nb\r\nc\nd\r".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("a\nb\nc\nd");
        assertThat(Decoded.text(new byte[0])).isEmpty();
        assertThat(Decoded.text(new byte[] {(byte) 0xff, (byte) 0xfe})).isEmpty();
        assertThat(Decoded.text("\ufeffx".getBytes(StandardCharsets.UTF_8))).isEqualTo("x");
        assertThat(Decoded.text(new byte[] {(byte) 0xe9, 'x', 'y'})).isEqualTo("\ufffdxy");
    }
}
