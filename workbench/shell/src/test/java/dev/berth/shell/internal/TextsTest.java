/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.shell.internal.kit.Amounts;
import dev.berth.shell.internal.kit.Texts;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every word of the window stands in a bundle, and every bundle has every word. */
class TextsTest {

    private static final Pattern KEY = Pattern.compile("Texts\\.of\\(\\s*\"([^\"]+)\"(\\s*\\+)?");
    /** Words with a space or a capital, given to what shows words. */
    private static final Pattern LITERAL =
            Pattern.compile("(?:new J(?:Label|Button|CheckBox|MenuItem|Menu|Frame|Dialog|TextArea)"
                    + "|\\.set(?:Text|Title|ToolTipText)|setAccessible(?:Name|Description)|showMessageDialog)"
                    + "\\(\"[^\"/]*[A-Za-z]{2,}");

    @AfterEach
    void systemLanguage() {
        Texts.language("");
    }

    @Test
    void everyLanguageHasEveryWordWithTheSameGaps() throws IOException {
        Properties english = words("texts.properties");
        Properties german = words("texts_de.properties");
        assertThat(new TreeSet<>(german.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        for (String key : english.stringPropertyNames()) {
            assertThat(german.getProperty(key)).as(key).isNotBlank();
            assertThat(gaps(german.getProperty(key))).as(key).isEqualTo(gaps(english.getProperty(key)));
        }
    }

    @Test
    void everyKeyThatIsAskedForIsThereAndNoWordsStandInTheCode() throws IOException {
        Set<String> keys = words("texts.properties").stringPropertyNames();
        List<String> missing = new ArrayList<>();
        for (Path file : sources()) {
            String code = Files.readString(file);
            Matcher asked = KEY.matcher(code);
            while (asked.find()) {
                String key = asked.group(1);
                boolean there = asked.group(2) == null
                        ? keys.contains(key)
                        : keys.stream().anyMatch(it -> it.startsWith(key));
                if (!there) {
                    missing.add(file.getFileName() + ": " + key);
                }
            }
            Matcher literal = LITERAL.matcher(code);
            while (literal.find()) {
                missing.add(file.getFileName() + ": " + literal.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void pluralsAndNumbersFollowTheLanguage() {
        Texts.language("de");
        assertThat(Texts.of("overview.count", 1, 0)).isEqualTo("1 Sitzung, keine läuft");
        assertThat(Texts.of("overview.count", 4, 2)).isEqualTo("4 Sitzungen, 2 laufen");
        assertThat(Amounts.bytes(1.5 * (1 << 20))).isEqualTo("1,5 MiB");
        Texts.language("en");
        assertThat(Texts.of("overview.count", 1, 1)).isEqualTo("1 session, 1 running");
        assertThat(Amounts.bytes(1.5 * (1 << 20))).isEqualTo("1.5 MiB");
        assertThat(Texts.LANGUAGES).contains(Locale.GERMAN);
    }

    private static Set<String> gaps(String pattern) {
        Set<String> gaps = new HashSet<>();
        Matcher gap = Pattern.compile("\\{(\\d)").matcher(pattern);
        while (gap.find()) {
            gaps.add(gap.group(1));
        }
        if (!gaps.isEmpty()) {
            assertThat(new MessageFormat(pattern).getFormatsByArgumentIndex()).isNotEmpty();
            // A lone apostrophe takes the gaps behind it away.
            assertThat(pattern.replace("''", "")).doesNotContain("'");
        }
        return gaps;
    }

    private static Properties words(String file) throws IOException {
        Properties words = new Properties();
        try (Reader in = new InputStreamReader(
                Texts.class.getResourceAsStream("/dev/berth/shell/" + file), StandardCharsets.UTF_8)) {
            words.load(in);
        }
        return words;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(it -> it.toString().endsWith(".java")).toList();
        }
    }
}
