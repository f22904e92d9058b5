/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeccompTest {

    @Test
    void allowsWhatIsNamedAndNothingElse() throws Exception {
        Map<String, Object> profile = Seccomp.profile();
        String text = Json.text(profile);
        assertThat(profile).containsEntry("defaultAction", "SCMP_ACT_ERRNO");
        assertThat(text).contains("\"openat\"", "\"clone\"", "\"clone3\"", "\"errnoRet\":38");
        for (String call :
                List.of("mount", "unshare", "setns", "bpf", "kexec_load", "init_module", "keyctl", "userfaultfd")) {
            assertThat(text).doesNotContain("\"" + call + "\"");
        }
    }

    @Test
    void readsEachRule() {
        Map<String, Object> profile = Seccomp.profile(
                "# comment\narch x A B\narch y C\nallow a b\nallow-on x c\nallow-on y d\nallow-if 1 NE 40 e\n"
                        + "allow-masked 0 7 0 f\nerrno 38 g h\n",
                "x");
        assertThat(Json.text(profile))
                .isEqualTo(
                        "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"defaultErrnoRet\":1,\"architectures\":[\"A\",\"B\"],"
                                + "\"syscalls\":[{\"names\":[\"a\",\"b\",\"c\"],\"action\":\"SCMP_ACT_ALLOW\"},"
                                + "{\"names\":[\"e\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":1,\"value\":40,\"op\":\"SCMP_CMP_NE\"}]},"
                                + "{\"names\":[\"f\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":0,\"value\":7,\"valueTwo\":0,\"op\":\"SCMP_CMP_MASKED_EQ\"}]},"
                                + "{\"names\":[\"g\",\"h\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":38}]}");
    }

    @Test
    void escapesText() {
        assertThat(Json.text(List.of("a\"b\\c\nd\u0001é", 5, true, Map.of())))
                .isEqualTo("[\"a\\\"b\\\\c\\u000ad\\u0001é\",5,true,{}]");
    }
}
