/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import static java.awt.event.InputEvent.CTRL_DOWN_MASK;
import static java.awt.event.KeyEvent.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.display.KeyInput;
import java.awt.Component;
import java.awt.Container;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTranslatorTest {

    private static final Component SOURCE = new Container();

    private final List<KeyInput> out = new ArrayList<>();
    private final KeyTranslator x11 = new KeyTranslator(HostKeyboard.X11, out::add);
    private final KeyTranslator windows = new KeyTranslator(HostKeyboard.WINDOWS, out::add);

    /** An event as AWT makes it, with the parts that only paramString tells. */
    private static KeyEvent event(int id, int code, char c, int location, int modifiers, int raw, int primary) {
        return new KeyEvent(SOURCE, id, 1, modifiers, code, c, location) {
            @Override
            public String paramString() {
                return super.paramString().replaceFirst(",rawCode=.*", "") + ",rawCode=" + raw + ",primaryLevelUnicode="
                        + primary + ",scancode=0,extendedKeyCode=0x0";
            }
        };
    }

    private static KeyEvent press(int code, char c, int raw) {
        return event(KEY_PRESSED, code, c, KEY_LOCATION_STANDARD, 0, raw, Character.toLowerCase(c));
    }

    private static KeyEvent release(int code, char c, int raw) {
        return event(KEY_RELEASED, code, c, KEY_LOCATION_STANDARD, 0, raw, Character.toLowerCase(c));
    }

    private static KeyEvent typed(char c) {
        return new KeyEvent(SOURCE, KEY_TYPED, 1, 0, VK_UNDEFINED, c, KEY_LOCATION_UNKNOWN);
    }

    @Test
    void aLetterIsItsCharacterAndItsPhysicalKey() {
        x11.handle(press(VK_A, 'a', 38));
        x11.handle(typed('a'));
        x11.handle(release(VK_A, 'a', 38));
        assertThat(out).containsExactly(new KeyInput('a', 30, true), new KeyInput('a', 30, false));
    }

    @Test
    void aReleaseNamesWhatWasPressedWhateverShiftDoesInBetween() {
        x11.handle(press(VK_A, 'A', 38));
        x11.handle(release(VK_A, 'a', 38));
        assertThat(out).containsExactly(new KeyInput('A', 30, true), new KeyInput('A', 30, false));
    }

    @Test
    void repeatsArePressesWithoutReleases() {
        x11.handle(press(VK_A, 'a', 38));
        x11.handle(press(VK_A, 'a', 38));
        x11.handle(release(VK_A, 'a', 38));
        assertThat(out).extracting(KeyInput::pressed).containsExactly(true, true, false);
    }

    @Test
    void aKeyWithoutVirtualKeyIsItsCharacter() {
        x11.handle(press(VK_UNDEFINED, '\u00e4', 48));
        x11.handle(press(VK_UNDEFINED, '\u20ac', 26));
        x11.handle(press(VK_UNDEFINED, '\u0448', 31));
        assertThat(out)
                .containsExactly(
                        new KeyInput(0xe4, 40, true),
                        new KeyInput(0x010020ac, 18, true),
                        new KeyInput(0x01000448, 23, true));
    }

    @Test
    void controlLeavesTheLetter() {
        x11.handle(event(KEY_PRESSED, VK_C, '\u0003', KEY_LOCATION_STANDARD, CTRL_DOWN_MASK, 54, 'c'));
        windows.handle(new KeyEvent(SOURCE, KEY_PRESSED, 1, CTRL_DOWN_MASK, VK_V, '\u0016', KEY_LOCATION_STANDARD));
        assertThat(out).containsExactly(new KeyInput('c', 46, true), new KeyInput('v', 47, true));
    }

    @Test
    void deadKeysAreLeftToTheGuest() {
        x11.handle(event(KEY_PRESSED, VK_DEAD_CIRCUMFLEX, CHAR_UNDEFINED, KEY_LOCATION_STANDARD, 0, 34, 0));
        x11.handle(event(KEY_RELEASED, VK_DEAD_CIRCUMFLEX, CHAR_UNDEFINED, KEY_LOCATION_STANDARD, 0, 34, 0));
        x11.handle(press(VK_E, 'e', 26));
        x11.handle(typed('\u00ea'));
        x11.handle(release(VK_E, 'e', 26));
        assertThat(out).extracting(KeyInput::keysym).containsExactly(0xfe52, 0xfe52, (int) 'e', (int) 'e');
    }

    @Test
    void textThatNoKeyAccountsForIsTapped() {
        x11.handle(typed('\u00f1'));
        x11.handle(typed('\ud83d'));
        x11.handle(typed('\ude00'));
        assertThat(out)
                .containsExactly(
                        new KeyInput(0xf1, 0, true),
                        new KeyInput(0xf1, 0, false),
                        new KeyInput(0x0101f600, 0, true),
                        new KeyInput(0x0101f600, 0, false));
    }

    @Test
    void sidesAndKeypadAreTold() {
        x11.handle(event(KEY_PRESSED, VK_SHIFT, CHAR_UNDEFINED, KEY_LOCATION_RIGHT, 0, 62, 0));
        x11.handle(event(KEY_PRESSED, VK_ALT_GRAPH, CHAR_UNDEFINED, KEY_LOCATION_STANDARD, 0, 108, 0));
        x11.handle(event(KEY_PRESSED, VK_ENTER, '\n', KEY_LOCATION_NUMPAD, 0, 104, 0));
        x11.handle(event(KEY_PRESSED, VK_NUMPAD5, '5', KEY_LOCATION_NUMPAD, 0, 84, 0));
        x11.handle(event(KEY_PRESSED, VK_KP_LEFT, CHAR_UNDEFINED, KEY_LOCATION_NUMPAD, 0, 83, 0));
        x11.handle(event(KEY_PRESSED, VK_F24, CHAR_UNDEFINED, KEY_LOCATION_STANDARD, 0, 202, 0));
        assertThat(out).extracting(KeyInput::keysym).containsExactly(0xffe2, 0xfe03, 0xff8d, 0xffb5, 0xff96, 0xffd5);
        assertThat(out).extracting(KeyInput::evdevCode).containsExactly(54, 100, 96, 76, 75, 194);
    }

    @Test
    void mediaKeysAreToldByThePhysicalKey() {
        x11.handle(event(KEY_PRESSED, VK_UNDEFINED, CHAR_UNDEFINED, KEY_LOCATION_STANDARD, 0, 123, 0));
        assertThat(out).containsExactly(new KeyInput(0x1008ff13, 115, true));
    }

    @Test
    void altGrOnWindowsTakesItsFakeControlBack() {
        windows.handle(new KeyEvent(SOURCE, KEY_PRESSED, 7, 0, VK_CONTROL, CHAR_UNDEFINED, KEY_LOCATION_LEFT));
        windows.handle(new KeyEvent(SOURCE, KEY_PRESSED, 7, 0, VK_ALT_GRAPH, CHAR_UNDEFINED, KEY_LOCATION_RIGHT));
        assertThat(out)
                .containsExactly(
                        new KeyInput(0xffe3, 29, true),
                        new KeyInput(0xffe3, 29, false),
                        new KeyInput(0xfe03, 100, true));
    }

    @Test
    void rawCodesAreReadDefensively() {
        assertThat(RawKey.of(press(VK_A, 'a', 38)).rawCode()).isEqualTo(38);
        KeyEvent odd = new KeyEvent(SOURCE, KEY_PRESSED, 1, 0, VK_A, 'a', KEY_LOCATION_STANDARD) {
            @Override
            public String paramString() {
                return "KEY_PRESSED,rawCode=,scancode=x";
            }
        };
        assertThat(RawKey.of(odd)).isEqualTo(new RawKey(0, 0, 0));
    }
}
