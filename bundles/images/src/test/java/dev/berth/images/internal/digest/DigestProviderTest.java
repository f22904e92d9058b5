/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestProviderTest {

    private final Provider sun = Security.getProvider("SUN");

    @Test
    void saysWhatJavaSays() throws Exception {
        DigestProvider provider = new DigestProvider();
        try {
            assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName())
                    .isEqualTo("Berth");
            assertThat(Crypto.available()).isTrue();
            Random random = new Random(1);
            for (int size : new int[] {0, 1, 55, 64, 4096, 65535, 65536, 65537, 200_000, 3_000_000}) {
                byte[] data = new byte[size];
                random.nextBytes(data);
                byte[] expected = MessageDigest.getInstance("SHA-256", sun).digest(data);
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                for (int way = 0; way < 4; way++) {
                    update(digest, data, way);
                    MessageDigest copy = (MessageDigest) digest.clone();
                    assertThat(digest.digest())
                            .as("%d bytes, way %d", size, way)
                            .isEqualTo(expected);
                    assertThat(copy.digest()).isEqualTo(expected);
                }
            }
        } finally {
            provider.remove();
        }
        assertThat(MessageDigest.getInstance("SHA-256").getProvider()).isSameAs(sun);
    }

    private static void update(MessageDigest digest, byte[] data, int way) {
        ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
        switch (way) {
            case 0 -> digest.update(data);
            case 1 -> digest.update(direct);
            case 2 -> digest.update(direct.asReadOnlyBuffer());
            default -> {
                int at = 0;
                for (int n = 1; at < data.length; n = n * 3 + 1) {
                    int length = Math.min(n, data.length - at);
                    if (n % 2 == 0) {
                        digest.update(direct.slice(at, length));
                    } else {
                        digest.update(data, at, length);
                    }
                    at += length;
                }
            }
        }
    }
}
