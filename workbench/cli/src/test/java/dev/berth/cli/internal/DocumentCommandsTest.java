/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual page and the completions, as groff and bash take them. */
class DocumentCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path temp;

    private int run(String... args) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Services none = (Services) Proxy.newProxyInstance(
                Services.class.getClassLoader(), new Class<?>[] {Services.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
        Console console = new Console(stream, stream, new ByteArrayInputStream(new byte[0]), false);
        return new Commands(none, console).run(List.of(args));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void groffReadsTheManualWithoutAComplaint() throws Exception {
        assertThat(run("manual")).isZero();
        assertThat(text())
                .contains(".SS \"berth up ")
                .contains(".SS \"berth session start ")
                .contains("\\-\\-ephemeral");
        Path page = Files.writeString(temp.resolve("berth.1"), text());
        // Bold and underlined letters are overstruck, and lines are justified.
        String plain = read("groff", "-man", "-ww", "-Tascii", "-P-c", page.toString())
                .replaceAll(".\b", "")
                .replaceAll(" +", " ");
        assertThat(plain)
                .startsWith("BERTH(1)")
                .contains("130 interrupted")
                .contains("A graphical Linux desktop in a tab.")
                .doesNotContain("warning");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertThat(run("completion", "bash")).isZero();
        Path script = Files.writeString(temp.resolve("berth.bash"), text());
        String ask =
                "source " + script + "; COMP_WORDS=(berth session sta); COMP_CWORD=2; COMP_LINE='berth session sta'; "
                        + "COMP_POINT=${#COMP_LINE}; _complete_berth berth sta session; echo \"${COMPREPLY[@]}\"";
        assertThat(read("bash", "-c", ask).split("\\s+")).contains("start", "stats");
    }

    @Test
    void fishKnowsEveryCommand() {
        assertThat(run("completion", "fish")).isZero();
        assertThat(text())
                .contains("__fish_use_subcommand' -a up ")
                .contains("__fish_seen_subcommand_from session; and not")
                .contains("and __fish_seen_subcommand_from start' -l name -r");
        // Each line is one command with balanced quotes.
        assertThat(text().lines().filter(line -> !line.startsWith("#")))
                .allMatch(line ->
                        line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2 == 0);
    }

    @Test
    void anotherShellIsWrongUsage() {
        assertThat(run("completion", "tcsh")).isEqualTo(2);
    }

    private static String read(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
