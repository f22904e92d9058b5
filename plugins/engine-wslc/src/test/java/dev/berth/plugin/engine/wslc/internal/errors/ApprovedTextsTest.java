/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.wslc.internal.Samples;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person reads. A changed sentence is approved by changing the file {@code approved/errors.txt}. */
class ApprovedTextsTest {

    @Test
    void saysWhatWasApproved() throws Exception {
        assertThat(shown()).isEqualTo(Samples.approved("errors.txt"));
    }

    private static String shown() {
        Stream<String> lacks = Stream.of(Lack.values())
                .map(lack -> lack.name() + "\n  " + lack.summary() + "\n  " + remedy(lack.remedy()));
        Stream<String> codes = HResult.all().stream()
                .map(code -> code + (code.missing() ? " [missing]" : "") + "\n  " + code.summary() + "\n  "
                        + remedy(code.remedy()));
        return Stream.concat(lacks, codes).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String remedy(Remedy remedy) {
        return "-> " + remedy.text()
                + (remedy.hostCommand().isEmpty() ? "" : " $ " + String.join(" ", remedy.hostCommand()));
    }

    @Test
    void saysSomethingElseEachTime() {
        assertThat(Stream.concat(
                        HResult.all().stream().map(HResult::summary),
                        Stream.of(Lack.values()).map(Lack::summary)))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.endsWith("."));
        assertThat(HResult.all()).allMatch(one -> !one.remedy().isNone());
        assertThat(HResult.all()).extracting(HResult::code).doesNotHaveDuplicates();
    }

    @Test
    void findsTheCodeInEveryLanguage() throws Exception {
        assertThat(HResult.in(Samples.text("wslc-error.de.txt")).orElseThrow().name())
                .isEqualTo("WSLC_E_CONTAINER_NOT_FOUND");
        assertThat(HResult.in(Samples.text("wslc-error.fr.txt")).orElseThrow().name())
                .isEqualTo("WSAEACCES");
        assertThat(HResult.in(Samples.text("wslc-error.ja.txt")).orElseThrow().missing())
                .isTrue();
        assertThat(HResult.in(Samples.text("wslc-cut.ja.txt")).orElseThrow().name())
                .isEqualTo("WSLC_E_VM_NOT_RUNNING");
        assertThat(HResult.in(Samples.text("wsl-no-distribution.zh.utf16le.txt"))
                        .orElseThrow()
                        .name())
                .isEqualTo("WSL_E_DEFAULT_DISTRO_NOT_FOUND");
        assertThat(HResult.in("nothing of the kind")).isEmpty();
        assertThat(HResult.in("0x80091234").orElseThrow().summary()).contains("0x80091234");
    }

    @Test
    void keepsTheCommandForTheLog() {
        Program.Outcome outcome = new Program.Outcome(
                List.of("wslc", "start", "x"),
                1,
                new byte[0],
                "weg\r\nWSLC_E_VM_NOT_RUNNING\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        EngineException error = Failures.of("engine.start", "Container x cannot be started.", outcome);
        assertThat(error.summary())
                .isEqualTo("Container x cannot be started. The virtual machine of WSL containers does not run.");
        assertThat(error.detail()).contains("wslc start x: exit 1\nweg");
        assertThat(error.remedy().hostCommand()).containsExactly("wsl", "--shutdown");
    }
}
