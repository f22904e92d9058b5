/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmulatorTest {

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final Emulator terminal = new Emulator(10, 4, 100, answers::writeBytes);

    private String screen() {
        return IntStream.range(0, terminal.rows())
                .mapToObj(row -> terminal.line(row).text(0, terminal.columns()).stripTrailing())
                .collect(Collectors.joining("|"));
    }

    private void feed(String text) {
        terminal.feed(text);
    }

    @Test
    void textWrapsAndScrollsAndIsKept() {
        feed("0123456789ab\r\nsecond\r\nthird\r\nfourth");
        assertThat(screen()).isEqualTo("ab|second|third|fourth");
        assertThat(terminal.scrolled()).isEqualTo(1);
        assertThat(terminal.line(-1).text(0, 10)).isEqualTo("0123456789");
        assertThat(terminal.wrapped(-1)).isTrue();
    }

    @Test
    void theLastColumnHoldsTheCursorUntilTheNextCharacter() {
        feed("0123456789");
        assertThat(terminal.cursorColumn()).isEqualTo(9);
        assertThat(terminal.cursorRow()).isZero();
        feed("\rX");
        assertThat(screen()).isEqualTo("X123456789|||");
    }

    @Test
    void theCursorMovesAndPartsAreErased() {
        feed("aaaaaaaaaa\r\nbbbbbbbbbb\r\ncccc\033[2;4H\033[KX\033[1;1H\033[3P\033[2@Y");
        assertThat(screen()).isEqualTo("Y aaaaaaa|bbbX|cccc|");
        feed("\033[2J\033[4;3Hz");
        assertThat(screen()).isEqualTo("|||  z");
    }

    @Test
    void linesMoveWithinTheRegion() {
        feed("1\r\n2\r\n3\r\n4\033[2;3r\033[2;1H\033[L");
        assertThat(screen()).isEqualTo("1||2|4");
        feed("\033[3;1H\n");
        assertThat(screen()).isEqualTo("1|2||4");
        feed("\033[2;1H\033[M");
        assertThat(screen()).isEqualTo("1|||4");
        feed("\033M\033M");
        assertThat(terminal.cursorRow()).isEqualTo(1);
    }

    @Test
    void coloursAndStyles() {
        feed("\033[1;31mr\033[0;38;5;200mp\033[48;2;1;2;3mt\033[7mi\033[mn");
        Line line = terminal.line(0);
        assertThat(line.front(0)).isEqualTo(1);
        assertThat(line.flags(0)).isEqualTo(Style.BOLD);
        assertThat(line.front(1)).isEqualTo(200);
        assertThat(line.back(2)).isEqualTo(Style.RGB | 0x010203);
        assertThat(line.flags(3)).isEqualTo(Style.INVERSE);
        assertThat(line.front(4)).isEqualTo(Style.DEFAULT);
        assertThat(line.flags(4)).isZero();
    }

    @Test
    void theOtherScreenLeavesTheFirstAsItWas() {
        feed("first\033[?1049h\033[Hsecond");
        assertThat(screen()).isEqualTo("second|||");
        assertThat(terminal.alternateScreen()).isTrue();
        feed("\033[?1049l");
        assertThat(screen()).isEqualTo("first|||");
        assertThat(terminal.cursorColumn()).isEqualTo(5);
    }

    @Test
    void wideAndCombinedCharactersAndLines() {
        feed("日本x\033[2;1He\u0301\033(0qx\033(B");
        assertThat(terminal.line(0).text(0, 10)).isEqualTo("日本x");
        assertThat(terminal.line(0).flags(0)).isEqualTo(Style.WIDE);
        assertThat(terminal.line(0).flags(1)).isEqualTo(Style.TAIL);
        assertThat(terminal.line(1).text(0, 10)).isEqualTo("é─│");
        feed("\033[1;2HA");
        assertThat(terminal.line(0).text(0, 10)).isEqualTo(" A本x");
    }

    @Test
    void bytesThatAreNoTextAndBrokenSequencesDoNoHarm() {
        terminal.feed(new byte[] {(byte) 0xc3, 'a', (byte) 0xff, (byte) 0xf0, (byte) 0x9f}, 5);
        terminal.feed(new byte[] {(byte) 0x98, (byte) 0x80}, 2);
        assertThat(terminal.line(0).text(0, 10)).isEqualTo("\ufffda\ufffd😀");
        feed("\033[999;999H\033[99999999999999999999m\033]0;ti\033[31mtle");
        assertThat(terminal.cursorRow()).isEqualTo(3);
        Random random = new Random(42);
        byte[] noise = new byte[200_000];
        String likely = "\033[];?0123456789hlmrHJKLMPSTABCD@Xcnq\r\n\t\b";
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextInt(4) == 0
                    ? (byte) random.nextInt()
                    : (byte) likely.charAt(random.nextInt(likely.length()));
        }
        terminal.feed(noise, noise.length);
        terminal.resize(3, 2);
        terminal.feed(noise, noise.length);
        terminal.resize(120, 50);
        terminal.feed(noise, noise.length);
        assertThat(terminal.rows()).isEqualTo(50);
    }

    @Test
    void programsGetTheirAnswers() {
        feed("ab\033[6n\033[c\033[5n");
        assertThat(answers.toString(StandardCharsets.ISO_8859_1)).isEqualTo("\033[1;3R\033[?62;22c\033[0n");
    }

    @Test
    void titleAndSize() {
        feed("\033]0;my title\007one\r\ntwo\r\nthree\r\nfour");
        assertThat(terminal.title()).isEqualTo("my title");
        terminal.resize(10, 2);
        assertThat(screen()).isEqualTo("three|four");
        terminal.resize(10, 4);
        assertThat(screen()).isEqualTo("one|two|three|four");
    }
}
