/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.view;

import dev.berth.plugin.terminal.internal.vt.Emulator;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import org.jspecify.annotations.Nullable;

/** What keys send, as xterm's do. */
final class Keys {

    private static final int MODIFIERS =
            InputEvent.SHIFT_DOWN_MASK | InputEvent.ALT_DOWN_MASK | InputEvent.CTRL_DOWN_MASK;

    private Keys() {}

    /** What a press of a key that types nothing sends; null when it is one that types, or stands for nothing. */
    static @Nullable String pressed(KeyEvent event, Emulator terminal) {
        int modifiers = event.getModifiersEx() & MODIFIERS;
        boolean shift = (modifiers & InputEvent.SHIFT_DOWN_MASK) != 0;
        boolean control = (modifiers & InputEvent.CTRL_DOWN_MASK) != 0;
        String alt = (modifiers & InputEvent.ALT_DOWN_MASK) != 0 ? "\033" : "";
        return switch (event.getKeyCode()) {
            case KeyEvent.VK_ENTER -> alt + "\r";
            case KeyEvent.VK_BACK_SPACE -> alt + (control ? "\b" : "\177");
            case KeyEvent.VK_TAB -> shift ? "\033[Z" : alt + "\t";
            case KeyEvent.VK_ESCAPE -> alt + "\033";
            case KeyEvent.VK_UP -> letter('A', modifiers, terminal);
            case KeyEvent.VK_DOWN -> letter('B', modifiers, terminal);
            case KeyEvent.VK_RIGHT -> letter('C', modifiers, terminal);
            case KeyEvent.VK_LEFT -> letter('D', modifiers, terminal);
            case KeyEvent.VK_HOME -> letter('H', modifiers, terminal);
            case KeyEvent.VK_END -> letter('F', modifiers, terminal);
            case KeyEvent.VK_INSERT -> tilde(2, modifiers);
            case KeyEvent.VK_DELETE -> tilde(3, modifiers);
            case KeyEvent.VK_PAGE_UP -> tilde(5, modifiers);
            case KeyEvent.VK_PAGE_DOWN -> tilde(6, modifiers);
            default -> function(event.getKeyCode() - KeyEvent.VK_F1, modifiers);
        };
    }

    /** What a typed character sends; null for what {@link #pressed} has sent already. */
    static @Nullable String typed(KeyEvent event) {
        char c = event.getKeyChar();
        int modifiers = event.getModifiersEx() & MODIFIERS;
        if (c == KeyEvent.CHAR_UNDEFINED || c == '\n' || c == '\b' || c == '\t' || c == 0x1b || c == 0x7f) {
            return null;
        }
        boolean control = (modifiers & InputEvent.CTRL_DOWN_MASK) != 0;
        if (control && c == ' ') {
            c = 0;
        }
        // Alt Graph types characters of its own, and says Control and Alt on Windows.
        boolean alt = (modifiers & InputEvent.ALT_DOWN_MASK) != 0 && !event.isAltGraphDown();
        return (alt ? "\033" : "") + c;
    }

    private static String letter(char letter, int modifiers, Emulator terminal) {
        if (modifiers != 0) {
            return "\033[1;" + number(modifiers) + letter;
        }
        return (terminal.mode(1) ? "\033O" : "\033[") + letter;
    }

    private static String tilde(int key, int modifiers) {
        return "\033[" + key + (modifiers == 0 ? "" : ";" + number(modifiers)) + "~";
    }

    private static @Nullable String function(int index, int modifiers) {
        if (index < 0 || index > 11) {
            return null;
        }
        if (index < 4) {
            char letter = (char) ('P' + index);
            return modifiers == 0 ? "\033O" + letter : "\033[1;" + number(modifiers) + letter;
        }
        int[] codes = {15, 17, 18, 19, 20, 21, 23, 24};
        return tilde(codes[index - 4], modifiers);
    }

    private static int number(int modifiers) {
        return 1
                + ((modifiers & InputEvent.SHIFT_DOWN_MASK) != 0 ? 1 : 0)
                + ((modifiers & InputEvent.ALT_DOWN_MASK) != 0 ? 2 : 0)
                + ((modifiers & InputEvent.CTRL_DOWN_MASK) != 0 ? 4 : 0);
    }
}
