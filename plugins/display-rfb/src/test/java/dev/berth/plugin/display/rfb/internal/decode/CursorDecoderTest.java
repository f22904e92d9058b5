/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.display.CursorImage;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Pointer shapes in VMware's two kinds; the other encodings come from real servers in other tests. */
final class CursorDecoderTest {

    private static CursorImage decode(String hex, int w, int h) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        RfbInput in = new RfbInput(bytes, 0, bytes.length);
        CursorImage cursor = new CursorDecoder(PixelFormat.BERTH).decode(Encodings.VMWARE_CURSOR, in, 1, 0, w, h);
        assertThat(in.available()).isZero();
        return cursor;
    }

    @Test
    void readsStraightAlpha() throws Exception {
        assertThat(decode("01 00 10203040 a0b0c0ff", 2, 1))
                .isEqualTo(new CursorImage(2, 1, 1, 0, new int[] {0x40102030, 0xffa0b0c0}));
    }

    @Test
    void readsMasksOfTheScreensPixels() throws Exception {
        String and = "00000000 ffffff00 ffffffff";
        String xor = "30201000 00000000 ffffff00";
        assertThat(decode("00 00" + and + xor, 3, 1))
                .isEqualTo(new CursorImage(3, 1, 1, 0, new int[] {0xff102030, 0, 0xff000000}));
    }

    @Test
    void knowsNoThirdKind() {
        assertThatThrownBy(() -> decode("02 00 00000000", 1, 1)).isInstanceOf(RfbException.class);
        assertThatThrownBy(() -> decode("01 00", 1025, 1)).isInstanceOf(RfbException.class);
    }
}
