/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import static java.awt.event.KeyEvent.*;

import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.Map;

/** X11 keysyms (X11 protocol, appendix A; X11/keysymdef.h; X11/XF86keysym.h). */
final class Keysyms {

    static final int CONTROL_L = 0xffe3;
    static final int CONTROL_R = 0xffe4;
    static final int ALT_L = 0xffe9;
    static final int ISO_LEVEL3_SHIFT = 0xfe03;

    private static final Map<Integer, Integer> BY_KEY = new HashMap<>();
    private static final Map<Integer, Integer> RIGHT = new HashMap<>();
    private static final Map<Integer, Integer> KEYPAD = new HashMap<>();
    private static final Map<Integer, Integer> BY_EVDEV = new HashMap<>();

    static {
        int[] keys = {
            VK_BACK_SPACE,
            0xff08,
            VK_TAB,
            0xff09,
            VK_ENTER,
            0xff0d,
            VK_ESCAPE,
            0xff1b,
            VK_DELETE,
            0xffff,
            VK_PAUSE,
            0xff13,
            VK_SCROLL_LOCK,
            0xff14,
            VK_PRINTSCREEN,
            0xff61,
            VK_INSERT,
            0xff63,
            VK_CLEAR,
            0xff0b,
            VK_HOME,
            0xff50,
            VK_LEFT,
            0xff51,
            VK_UP,
            0xff52,
            VK_RIGHT,
            0xff53,
            VK_DOWN,
            0xff54,
            VK_PAGE_UP,
            0xff55,
            VK_PAGE_DOWN,
            0xff56,
            VK_END,
            0xff57,
            VK_BEGIN,
            0xff58,
            VK_SHIFT,
            0xffe1,
            VK_CONTROL,
            CONTROL_L,
            VK_META,
            0xffe7,
            VK_ALT,
            ALT_L,
            VK_WINDOWS,
            0xffeb,
            VK_ALT_GRAPH,
            ISO_LEVEL3_SHIFT,
            VK_CAPS_LOCK,
            0xffe5,
            VK_NUM_LOCK,
            0xff7f,
            VK_CONTEXT_MENU,
            0xff67,
            VK_COMPOSE,
            0xff20,
            VK_HELP,
            0xff6a,
            VK_UNDO,
            0xff65,
            VK_AGAIN,
            0xff66,
            VK_FIND,
            0xff68,
            VK_STOP,
            0xff69,
            VK_CANCEL,
            0xff69,
            VK_KANJI,
            0xff21,
            VK_CONVERT,
            0xff23,
            VK_NONCONVERT,
            0xff22,
            VK_KANA,
            0xff2d,
            VK_KATAKANA,
            0xff26,
            VK_HIRAGANA,
            0xff25,
            VK_KANA_LOCK,
            0xff2d,
            VK_COPY,
            0x1008ff57,
            VK_CUT,
            0x1008ff58,
            VK_PASTE,
            0x1008ff6d,
            VK_DEAD_GRAVE,
            0xfe50,
            VK_DEAD_ACUTE,
            0xfe51,
            VK_DEAD_CIRCUMFLEX,
            0xfe52,
            VK_DEAD_TILDE,
            0xfe53,
            VK_DEAD_MACRON,
            0xfe54,
            VK_DEAD_BREVE,
            0xfe55,
            VK_DEAD_ABOVEDOT,
            0xfe56,
            VK_DEAD_DIAERESIS,
            0xfe57,
            VK_DEAD_ABOVERING,
            0xfe58,
            VK_DEAD_DOUBLEACUTE,
            0xfe59,
            VK_DEAD_CARON,
            0xfe5a,
            VK_DEAD_CEDILLA,
            0xfe5b,
            VK_DEAD_OGONEK,
            0xfe5c,
            VK_DEAD_IOTA,
            0xfe5d,
            VK_DEAD_VOICED_SOUND,
            0xfe5e,
            VK_DEAD_SEMIVOICED_SOUND,
            0xfe5f,
        };
        put(BY_KEY, keys);
        for (int i = 0; i < 12; i++) {
            BY_KEY.put(VK_F1 + i, 0xffbe + i);
            BY_KEY.put(VK_F13 + i, 0xffca + i);
        }
        put(RIGHT, VK_SHIFT, 0xffe2, VK_CONTROL, CONTROL_R, VK_META, 0xffe8, VK_ALT, 0xffea, VK_WINDOWS, 0xffec);
        int[] keypad = {
            VK_ENTER,
            0xff8d,
            VK_HOME,
            0xff95,
            VK_LEFT,
            0xff96,
            VK_KP_LEFT,
            0xff96,
            VK_UP,
            0xff97,
            VK_KP_UP,
            0xff97,
            VK_RIGHT,
            0xff98,
            VK_KP_RIGHT,
            0xff98,
            VK_DOWN,
            0xff99,
            VK_KP_DOWN,
            0xff99,
            VK_PAGE_UP,
            0xff9a,
            VK_PAGE_DOWN,
            0xff9b,
            VK_END,
            0xff9c,
            VK_BEGIN,
            0xff9d,
            VK_CLEAR,
            0xff9d,
            VK_INSERT,
            0xff9e,
            VK_DELETE,
            0xff9f,
            VK_MULTIPLY,
            0xffaa,
            VK_ADD,
            0xffab,
            VK_SEPARATOR,
            0xffac,
            VK_SEPARATER,
            0xffac,
            VK_SUBTRACT,
            0xffad,
            VK_DECIMAL,
            0xffae,
            VK_DIVIDE,
            0xffaf,
            VK_EQUALS,
            0xffbd,
        };
        put(KEYPAD, keypad);
        for (int i = 0; i < 10; i++) {
            KEYPAD.put(VK_NUMPAD0 + i, 0xffb0 + i);
        }
        // Media keys have no virtual key; on X11 the physical key tells.
        int[] media = {
            113, 0x1008ff12, 114, 0x1008ff11, 115, 0x1008ff13, 140, 0x1008ff1d, 150, 0x1008ff2e, 155, 0x1008ff19,
            158, 0x1008ff26, 159, 0x1008ff27, 163, 0x1008ff17, 164, 0x1008ff14, 165, 0x1008ff16, 166, 0x1008ff15,
            172, 0x1008ff18, 173, 0x1008ff29, 217, 0x1008ff1b, 224, 0x1008ff03, 225, 0x1008ff02, 248, 0x1008ffb2,
        };
        put(BY_EVDEV, media);
    }

    private Keysyms() {}

    private static void put(Map<Integer, Integer> map, int... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
    }

    /** The keysym of a key that stands for no character, or 0. */
    static int ofKey(int keyCode, int location) {
        if (location == KeyEvent.KEY_LOCATION_NUMPAD) {
            Integer keypad = KEYPAD.get(keyCode);
            if (keypad != null) {
                return keypad;
            }
        }
        if (location == KeyEvent.KEY_LOCATION_RIGHT) {
            Integer right = RIGHT.get(keyCode);
            if (right != null) {
                return right;
            }
        }
        boolean keypadOnly =
                keyCode >= VK_NUMPAD0 && keyCode <= VK_DIVIDE || keyCode >= VK_KP_UP && keyCode <= VK_KP_RIGHT;
        return (keypadOnly ? KEYPAD : BY_KEY).getOrDefault(keyCode, 0);
    }

    /** The keysym of a media key by its Linux code, or 0. */
    static int ofEvdev(int code) {
        return BY_EVDEV.getOrDefault(code, 0);
    }

    /** The keysym of a character: itself in Latin-1, else 0x01000000 plus the code point; 0 for control characters. */
    static int ofCharacter(int codePoint) {
        if (codePoint >= 0x20 && codePoint <= 0x7e || codePoint >= 0xa0 && codePoint <= 0xff) {
            return codePoint;
        }
        return codePoint > 0xff && Character.isValidCodePoint(codePoint) && codePoint != KeyEvent.CHAR_UNDEFINED
                ? 0x01000000 | codePoint
                : 0;
    }

    /** Whether a keysym is a dead key, which the guest composes. */
    static boolean isDead(int keysym) {
        return keysym >= 0xfe50 && keysym <= 0xfe93;
    }
}
