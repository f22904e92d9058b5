/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import dev.berth.api.display.KeyInput;
import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns AWT key events into what a display server wants: the keysym of what the person's own layout makes of a key, and
 * the physical key. A press and its release always name the same pair, whatever modifiers came between. Repeats of a
 * held key come out as presses without releases. Event thread only.
 *
 * <p>Dead keys go out as dead keysyms, for the guest to compose. Text that no key press accounts for, such as the
 * outcome of a compose sequence on this side, goes out as one press and release for each character.
 */
public final class KeyTranslator {

    private final HostKeyboard host;
    private final Consumer<KeyInput> out;
    private final Map<Long, KeyInput> down = new HashMap<>();
    /** A press that told no character yet: its KEY_TYPED has to. */
    private @Nullable KeyEvent undecided;
    /** Whether the KEY_TYPED that follows belongs to a press that went out already. */
    private boolean typedIsKnown;

    private boolean guestComposes;
    private char highSurrogate;
    private long lastControlPress = Long.MIN_VALUE;

    /** Translates events of a host's toolkit. */
    public KeyTranslator(HostKeyboard host, Consumer<KeyInput> out) {
        this.host = host;
        this.out = out;
    }

    /** A key event of any kind. */
    public void handle(KeyEvent event) {
        switch (event.getID()) {
            case KeyEvent.KEY_PRESSED -> pressed(event);
            case KeyEvent.KEY_RELEASED -> released(event);
            case KeyEvent.KEY_TYPED -> typed(event);
            default -> {}
        }
    }

    /** Forgets the keys that are down; the caller tells the guest. */
    public void reset() {
        down.clear();
        undecided = null;
        typedIsKnown = false;
        guestComposes = false;
    }

    private void pressed(KeyEvent event) {
        RawKey raw = RawKey.of(event);
        Long key = identity(event, raw);
        KeyInput held = down.get(key);
        undecided = null;
        if (held != null && isModifier(event.getKeyCode())) {
            return;
        }
        dropFakeControl(event);
        int evdev = EvdevCodes.of(host, event.getKeyCode(), event.getKeyLocation(), raw);
        int keysym = held != null ? held.keysym() : keysym(event, raw, evdev);
        if (keysym == 0 && evdev == 0) {
            undecided = event;
            typedIsKnown = false;
            return;
        }
        typedIsKnown = true;
        if (!isModifier(event.getKeyCode())) {
            guestComposes = Keysyms.isDead(keysym);
        }
        KeyInput input = new KeyInput(keysym, evdev, true);
        down.put(key, input);
        out.accept(input);
    }

    private void released(KeyEvent event) {
        KeyInput held = down.remove(identity(event, RawKey.of(event)));
        if (held != null) {
            out.accept(new KeyInput(held.keysym(), held.evdevCode(), false));
        }
    }

    private void typed(KeyEvent event) {
        if (typedIsKnown) {
            typedIsKnown = false;
            return;
        }
        int codePoint = event.getKeyChar();
        if (Character.isHighSurrogate(event.getKeyChar())) {
            highSurrogate = event.getKeyChar();
            return;
        }
        if (Character.isLowSurrogate(event.getKeyChar())) {
            codePoint = Character.toCodePoint(highSurrogate, event.getKeyChar());
        }
        int keysym = Keysyms.ofCharacter(codePoint);
        if (keysym == 0 || guestComposes) {
            guestComposes = false;
            return;
        }
        KeyEvent press = undecided;
        undecided = null;
        if (press != null) {
            KeyInput input = new KeyInput(keysym, 0, true);
            down.put(identity(press, RawKey.of(press)), input);
            out.accept(input);
            return;
        }
        out.accept(new KeyInput(keysym, 0, true));
        out.accept(new KeyInput(keysym, 0, false));
    }

    private static int keysym(KeyEvent event, RawKey raw, int evdev) {
        int byKey = Keysyms.ofKey(event.getKeyCode(), event.getKeyLocation());
        if (byKey != 0) {
            return byKey;
        }
        char typed = event.getKeyChar();
        if (typed != KeyEvent.CHAR_UNDEFINED && typed >= 0x20 && typed != 0x7f) {
            return Keysyms.ofCharacter(typed);
        }
        // Control turned the character into another; the key without modifiers tells which it was.
        int plain = plainCharacter(event, raw);
        if (plain != 0) {
            return Keysyms.ofCharacter(event.isShiftDown() ? Character.toUpperCase(plain) : plain);
        }
        return Keysyms.ofEvdev(evdev);
    }

    private static int plainCharacter(KeyEvent event, RawKey raw) {
        if (raw.primaryLevel() >= 0x20 && raw.primaryLevel() != KeyEvent.CHAR_UNDEFINED) {
            return raw.primaryLevel();
        }
        int extended = event.getExtendedKeyCode();
        if (extended > 0x01000000) {
            return extended - 0x01000000;
        }
        int code = event.getKeyCode();
        if (code >= KeyEvent.VK_A && code <= KeyEvent.VK_Z) {
            return Character.toLowerCase(code);
        }
        boolean sameAsAscii = code >= KeyEvent.VK_SPACE && code < 0x60 && (code <= 0x20 || code >= KeyEvent.VK_COMMA);
        return sameAsAscii ? code : 0;
    }

    /** On Windows AltGr comes as a left Control that nobody pressed, and then itself. */
    private void dropFakeControl(KeyEvent event) {
        if (host != HostKeyboard.WINDOWS) {
            return;
        }
        int code = event.getKeyCode();
        if (code == KeyEvent.VK_CONTROL && event.getKeyLocation() == KeyEvent.KEY_LOCATION_LEFT) {
            lastControlPress = event.getWhen();
        } else if (code == KeyEvent.VK_ALT_GRAPH && lastControlPress == event.getWhen()) {
            down.values().removeIf(input -> {
                boolean fake = input.keysym() == Keysyms.CONTROL_L;
                if (fake) {
                    out.accept(new KeyInput(input.keysym(), input.evdevCode(), false));
                }
                return fake;
            });
        }
    }

    private static boolean isModifier(int keyCode) {
        return switch (keyCode) {
            case KeyEvent.VK_SHIFT,
                    KeyEvent.VK_CONTROL,
                    KeyEvent.VK_ALT,
                    KeyEvent.VK_ALT_GRAPH,
                    KeyEvent.VK_META,
                    KeyEvent.VK_WINDOWS,
                    KeyEvent.VK_CAPS_LOCK,
                    KeyEvent.VK_NUM_LOCK -> true;
            default -> false;
        };
    }

    /** The physical key where it is known, so that a layout change or a modifier in between does not hide the release. */
    private Long identity(KeyEvent event, RawKey raw) {
        if (host == HostKeyboard.X11 && raw.rawCode() != 0) {
            return (long) raw.rawCode();
        }
        return (long) event.getKeyLocation() << 32 | event.getExtendedKeyCode();
    }
}
