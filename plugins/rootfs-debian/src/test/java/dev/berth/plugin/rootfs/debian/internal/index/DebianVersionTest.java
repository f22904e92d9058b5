/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the order of versions to dpkg's own. */
class DebianVersionTest {

    private static final String[] PIECES = {
        "0", "1", "9", "10", "01", "a", "b", "Z", "~", "~~", "+", ".", "-1", "-0", "rc", "deb", "dfsg", "12", "+b1",
        "~bpo"
    };

    @Test
    void ordersAsDpkgDoes() throws Exception {
        Random random = new Random(20261123);
        for (int i = 0; i < 250; i++) {
            String a = version(random);
            String b = random.nextInt(4) == 0 ? a : version(random);
            String relation = DebianVersion.compare(a, b) < 0 ? "lt" : DebianVersion.compare(a, b) > 0 ? "gt" : "eq";
            assertThat(dpkgAgrees(a, relation, b))
                    .as("%s %s %s", a, relation, b)
                    .isTrue();
        }
    }

    @Test
    void knowsTheCasesThatPeopleGetWrong() throws Exception {
        String[][] rising = {
            {"1.0~rc1", "1.0"}, {"1.0", "1.0-1"}, {"1.9", "1.10"}, {"9", "1:0"}, {"1.0a", "1.0+"}, {"1-1~bpo12", "1-1"}
        };
        for (String[] pair : rising) {
            assertThat(DebianVersion.compare(pair[0], pair[1]))
                    .as("%s < %s", pair[0], pair[1])
                    .isNegative();
            assertThat(DebianVersion.compare(pair[1], pair[0]))
                    .as("%s > %s", pair[1], pair[0])
                    .isPositive();
            assertThat(dpkgAgrees(pair[0], "lt", pair[1])).isTrue();
        }
    }

    private static String version(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(5) == 0) {
            text.append(random.nextInt(3)).append(':');
        }
        text.append(random.nextInt(20));
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static boolean dpkgAgrees(String a, String relation, String b) throws Exception {
        return new ProcessBuilder("dpkg", "--compare-versions", a, relation, b)
                        .start()
                        .waitFor()
                == 0;
    }
}
