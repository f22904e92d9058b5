/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowsArgumentsTest {

    @Test
    void arriveAsTheyWere() {
        assertArrive(
                List.of("wslc", "run", "", " ", "a b", "\"", "\\", "\\\\", "a\\", "a b\\", "\\\"", "a\\\\\"b c\\\\"));
        assertArrive(
                List.of("wslc", "exec", "sh", "-c", "printf '%s' \"$HOME\" > 'C:\\x y\\' && echo \"\\\"\"", "\"q\""));
    }

    @Test
    void arriveWhateverTheyAre() {
        Random random = new Random(7);
        String alphabet = "\"\\ \ta$%'é";
        for (int round = 0; round < 20_000; round++) {
            List<String> arguments = new ArrayList<>(List.of("p"));
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder one = new StringBuilder();
                for (int n = random.nextInt(8); n > 0; n--) {
                    one.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                arguments.add(one.toString());
            }
            assertArrive(arguments);
        }
    }

    @Test
    void knowsWhatIsTooLong() {
        assertThat(WindowsArguments.fit(List.of("wslc", "x".repeat(32_000)))).isTrue();
        assertThat(WindowsArguments.fit(List.of("wslc", "x".repeat(32_760)))).isFalse();
        assertThat(WindowsArguments.fit(List.of("wslc", "\"".repeat(17_000)))).isFalse();
        assertThatThrownBy(() -> WindowsArguments.forProcessBuilder(List.of("a\0b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertArrive(List<String> arguments) {
        String line = javaCommandLine(WindowsArguments.forProcessBuilder(arguments));
        assertThat(parse(line)).as(line).isEqualTo(arguments);
    }

    /** As java.lang.ProcessImpl of Windows joins arguments, JDK 17 to 25, in its usual mode. */
    private static String javaCommandLine(List<String> arguments) {
        StringBuilder line = new StringBuilder();
        for (String argument : arguments) {
            line.append(line.isEmpty() ? "" : " ");
            boolean quoted = argument.length() >= 2
                    && argument.startsWith("\"")
                    && argument.endsWith("\"")
                    && !argument.endsWith("\\\"");
            if (!quoted && (argument.indexOf(' ') >= 0 || argument.indexOf('\t') >= 0)) {
                line.append('"').append(argument);
                for (int i = argument.length() - 1; i >= 0 && argument.charAt(i) == '\\'; i--) {
                    line.append('\\');
                }
                line.append('"');
            } else {
                line.append(argument);
            }
        }
        return line.toString();
    }

    /** As the C run time of Windows takes a command line apart. */
    private static List<String> parse(String line) {
        List<String> arguments = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
            if (at == line.length()) {
                break;
            }
            StringBuilder one = new StringBuilder();
            boolean inQuotes = false;
            for (; at < line.length(); at++) {
                int backslashes = 0;
                while (at < line.length() && line.charAt(at) == '\\') {
                    backslashes++;
                    at++;
                }
                if (at < line.length() && line.charAt(at) == '"') {
                    one.append("\\".repeat(backslashes / 2));
                    if (backslashes % 2 == 1) {
                        one.append('"');
                    } else if (inQuotes && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                        one.append('"');
                        at++;
                    } else {
                        inQuotes = !inQuotes;
                    }
                    continue;
                }
                one.append("\\".repeat(backslashes));
                if (at == line.length() || !inQuotes && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                    break;
                }
                one.append(line.charAt(at));
            }
            arguments.add(one.toString());
        }
        return arguments;
    }
}
