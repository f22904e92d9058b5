/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import static java.awt.event.KeyEvent.*;

import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.Map;

/** Linux input event codes (linux/input-event-codes.h) of physical keys. */
final class EvdevCodes {

    private static final int FIRST_X_KEYCODE = 8;
    private static final int LAST_X_KEYCODE = 255;
    /** Up to this one, set 1 scan codes and Linux codes are the same. */
    private static final int LAST_SHARED_SCANCODE = 88;

    private static final Map<Integer, Integer> BY_KEY = new HashMap<>();
    private static final Map<Integer, Integer> RIGHT = new HashMap<>();
    private static final Map<Integer, Integer> KEYPAD = new HashMap<>();

    static {
        row(2, VK_1, VK_2, VK_3, VK_4, VK_5, VK_6, VK_7, VK_8, VK_9, VK_0, VK_MINUS, VK_EQUALS, VK_BACK_SPACE, VK_TAB);
        row(16, VK_Q, VK_W, VK_E, VK_R, VK_T, VK_Y, VK_U, VK_I, VK_O, VK_P, VK_OPEN_BRACKET, VK_CLOSE_BRACKET);
        row(28, VK_ENTER, VK_CONTROL, VK_A, VK_S, VK_D, VK_F, VK_G, VK_H, VK_J, VK_K, VK_L, VK_SEMICOLON, VK_QUOTE);
        row(41, VK_BACK_QUOTE, VK_SHIFT, VK_BACK_SLASH, VK_Z, VK_X, VK_C, VK_V, VK_B, VK_N, VK_M, VK_COMMA, VK_PERIOD);
        row(53, VK_SLASH);
        row(56, VK_ALT, VK_SPACE, VK_CAPS_LOCK, VK_F1, VK_F2, VK_F3, VK_F4, VK_F5, VK_F6, VK_F7, VK_F8, VK_F9, VK_F10);
        row(69, VK_NUM_LOCK, VK_SCROLL_LOCK);
        row(86, VK_LESS, VK_F11, VK_F12);
        row(99, VK_PRINTSCREEN);
        row(100, VK_ALT_GRAPH);
        row(102, VK_HOME, VK_UP, VK_PAGE_UP, VK_LEFT, VK_RIGHT, VK_END, VK_DOWN, VK_PAGE_DOWN, VK_INSERT, VK_DELETE);
        row(119, VK_PAUSE);
        row(125, VK_META);
        row(127, VK_CONTEXT_MENU);
        row(183, VK_F13, VK_F14, VK_F15, VK_F16, VK_F17, VK_F18, VK_F19, VK_F20, VK_F21, VK_F22, VK_F23, VK_F24);
        BY_KEY.put(VK_ESCAPE, 1);
        BY_KEY.put(VK_WINDOWS, 125);
        RIGHT.put(VK_SHIFT, 54);
        RIGHT.put(VK_CONTROL, 97);
        RIGHT.put(VK_ALT, 100);
        RIGHT.put(VK_META, 126);
        RIGHT.put(VK_WINDOWS, 126);
        int[] keypad = {
            VK_MULTIPLY,
            55,
            VK_NUMPAD7,
            71,
            VK_HOME,
            71,
            VK_NUMPAD8,
            72,
            VK_UP,
            72,
            VK_KP_UP,
            72,
            VK_NUMPAD9,
            73,
            VK_PAGE_UP,
            73,
            VK_SUBTRACT,
            74,
            VK_NUMPAD4,
            75,
            VK_LEFT,
            75,
            VK_KP_LEFT,
            75,
            VK_NUMPAD5,
            76,
            VK_BEGIN,
            76,
            VK_CLEAR,
            76,
            VK_NUMPAD6,
            77,
            VK_RIGHT,
            77,
            VK_KP_RIGHT,
            77,
            VK_ADD,
            78,
            VK_NUMPAD1,
            79,
            VK_END,
            79,
            VK_NUMPAD2,
            80,
            VK_DOWN,
            80,
            VK_KP_DOWN,
            80,
            VK_NUMPAD3,
            81,
            VK_PAGE_DOWN,
            81,
            VK_NUMPAD0,
            82,
            VK_INSERT,
            82,
            VK_DECIMAL,
            83,
            VK_DELETE,
            83,
            VK_ENTER,
            96,
            VK_DIVIDE,
            98,
            VK_EQUALS,
            117,
            VK_SEPARATOR,
            121,
        };
        for (int i = 0; i < keypad.length; i += 2) {
            KEYPAD.put(keypad[i], keypad[i + 1]);
        }
    }

    private EvdevCodes() {}

    private static void row(int first, int... keys) {
        for (int i = 0; i < keys.length; i++) {
            BY_KEY.put(keys[i], first + i);
        }
    }

    /** The code of the key behind an event, or 0 when it cannot be told. */
    static int of(HostKeyboard host, int keyCode, int location, RawKey raw) {
        if (host == HostKeyboard.X11 && raw.rawCode() > FIRST_X_KEYCODE && raw.rawCode() <= LAST_X_KEYCODE) {
            return raw.rawCode() - FIRST_X_KEYCODE;
        }
        int byKey = ofKey(keyCode, location);
        // Windows leaves the E0 prefix out; keys that have one are all told by their virtual key and place.
        boolean extended = byKey > LAST_SHARED_SCANCODE;
        if (host == HostKeyboard.WINDOWS && !extended && raw.scancode() > 0 && raw.scancode() <= LAST_SHARED_SCANCODE) {
            return raw.scancode();
        }
        return byKey;
    }

    /** The code of a virtual key on a US keyboard, or 0. */
    static int ofKey(int keyCode, int location) {
        if (location == KeyEvent.KEY_LOCATION_NUMPAD || keyCode >= VK_NUMPAD0 && keyCode <= VK_DIVIDE) {
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
        return BY_KEY.getOrDefault(keyCode, 0);
    }
}
