/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import java.awt.GraphicsEnvironment;
import java.awt.Toolkit;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/** Shortcuts as they are written in settings and as a person reads them. */
public final class KeyStrokes {

    private KeyStrokes() {}

    /** A shortcut in the form of {@link KeyStroke#getKeyStroke(String)}, with "menu" as the platform's own modifier. */
    public static @Nullable KeyStroke parse(String shortcut) {
        return shortcut.isBlank()
                ? null
                : KeyStroke.getKeyStroke(shortcut.strip().replaceFirst("^menu\\b", menuIsMeta() ? "meta" : "ctrl"));
    }

    private static boolean menuIsMeta() {
        return !GraphicsEnvironment.isHeadless()
                && Toolkit.getDefaultToolkit().getMenuShortcutKeyMaskEx() == InputEvent.META_DOWN_MASK;
    }

    /** The stroke of a key press; null when only modifiers are down. */
    public static @Nullable KeyStroke of(KeyEvent press) {
        return switch (press.getKeyCode()) {
            case KeyEvent.VK_SHIFT,
                    KeyEvent.VK_CONTROL,
                    KeyEvent.VK_ALT,
                    KeyEvent.VK_META,
                    KeyEvent.VK_ALT_GRAPH,
                    KeyEvent.VK_WINDOWS,
                    KeyEvent.VK_UNDEFINED -> null;
            default -> KeyStroke.getKeyStrokeForEvent(press);
        };
    }

    /** A stroke as settings keep it: {@code ctrl shift P}. */
    public static String write(KeyStroke stroke) {
        return stroke.toString().replace("pressed ", "");
    }

    /** A stroke for a person: "Ctrl+Shift+P"; empty for none. */
    public static String words(@Nullable KeyStroke stroke) {
        if (stroke == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        int modifiers = stroke.getModifiers();
        if ((modifiers & InputEvent.CTRL_DOWN_MASK) != 0) {
            parts.add("Ctrl");
        }
        if ((modifiers & InputEvent.ALT_DOWN_MASK) != 0) {
            parts.add("Alt");
        }
        if ((modifiers & InputEvent.SHIFT_DOWN_MASK) != 0) {
            parts.add("Shift");
        }
        if ((modifiers & InputEvent.META_DOWN_MASK) != 0) {
            parts.add("Meta");
        }
        parts.add(KeyEvent.getKeyText(stroke.getKeyCode()));
        return String.join("+", parts);
    }
}
