/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.event.KeyEvent;

/**
 * The parts of a key event that have no getter and stand in {@link KeyEvent#paramString} only. Its form is not
 * specified, so each number is 0 when it cannot be found.
 *
 * @param rawCode the X keycode on X11
 * @param scancode the scan code on Windows
 * @param primaryLevel the character of the key without modifiers, or 0
 */
public record RawKey(int rawCode, int scancode, int primaryLevel) {

    /** Reads an event. */
    public static RawKey of(KeyEvent event) {
        String text = event.paramString();
        return new RawKey(number(text, "rawCode="), number(text, "scancode="), number(text, "primaryLevelUnicode="));
    }

    private static int number(String text, String label) {
        // From the end: the character of the key stands near the start and may look like anything.
        int at = text.lastIndexOf(label);
        if (at < 0) {
            return 0;
        }
        int value = 0;
        for (int i = at + label.length(); i < text.length() && value < 1_000_000; i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                break;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
