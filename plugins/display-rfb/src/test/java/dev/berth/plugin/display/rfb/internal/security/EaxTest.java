/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of the paper on EAX (Bellare, Rogaway, Wagner 2004, appendix G). */
final class EaxTest {

    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "'', 233952DEE4D5ED5F9B9C6D6FF80FF478, 62EC67F9C3A4A407FCB2A8C49031A8B3, 6BFB914FD07EAE6B,"
                + " E037830E8389F27B025A2D6527E79D01",
        "F7FB, 91945D3F4DCBEE0BF45EF52255F095A4, BECAF043B0A23D843194BA972C66DEBD, FA3BFD4806EB53FA,"
                + " 19DD5C4C9331049D0BDAB0277408F67967E5"
    })
    void sealsAndOpens(String message, String key, String nonce, String header, String sealed) throws Exception {
        byte[] text = HEX.parseHex(message);
        byte[] expected = HEX.parseHex(sealed);
        byte[] encrypted = text.clone();
        Eax eax = new Eax(HEX.parseHex(key));
        byte[] tag = eax.seal(HEX.parseHex(nonce), HEX.parseHex(header), encrypted, 0, encrypted.length);
        assertThat(encrypted).isEqualTo(Arrays.copyOf(expected, text.length));
        assertThat(tag).isEqualTo(Arrays.copyOfRange(expected, text.length, expected.length));
        byte[] wrong = tag.clone();
        wrong[3] ^= 1;
        assertThat(eax.open(HEX.parseHex(nonce), HEX.parseHex(header), encrypted, 0, text.length, wrong))
                .isFalse();
        assertThat(eax.open(HEX.parseHex(nonce), HEX.parseHex(header), encrypted, 0, text.length, tag))
                .isTrue();
        assertThat(encrypted).isEqualTo(text);
    }
}
