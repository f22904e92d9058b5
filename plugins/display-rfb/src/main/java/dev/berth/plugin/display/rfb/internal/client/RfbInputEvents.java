/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.KeyInput;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.WheelInput;
import dev.berth.plugin.display.rfb.internal.wire.RfbOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys, pointer and wheel as messages; remembers what is down, so that all of it can be let go. */
final class RfbInputEvents implements DisplayInput {

    private static final int NOTCH = 120;
    private static final int MAX_NOTCHES = 50;
    private static final int WHEEL_UP = 1 << 3;
    private static final int WHEEL_DOWN = 1 << 4;
    private static final int WHEEL_LEFT = 1 << 5;
    private static final int WHEEL_RIGHT = 1 << 6;

    private final RfbOutput out;
    private final boolean viewOnly;
    private final byte[] pointer = new byte[7];
    /** What is down: by the physical key where it is known, so that the release is that of the key that was pressed. */
    private final Map<Integer, KeyInput> down = new LinkedHashMap<>();

    private boolean extendedKeys;
    private boolean extendedButtons;
    private int lastX;
    private int lastY;
    private int lastButtons;
    private int horizontalRest;
    private int verticalRest;

    RfbInputEvents(RfbOutput out, boolean viewOnly) {
        this.out = out;
        this.viewOnly = viewOnly;
    }

    synchronized void extendedKeys(boolean supported) {
        extendedKeys = supported;
    }

    synchronized void extendedButtons(boolean supported) {
        extendedButtons = supported;
    }

    @Override
    public synchronized void key(KeyInput key) {
        if (viewOnly) {
            return;
        }
        int identity = key.evdevCode() != 0 ? -key.evdevCode() : key.keysym();
        KeyInput sent = key;
        if (key.pressed()) {
            KeyInput before = down.get(identity);
            if (before != null && before.keysym() != key.keysym() && !usesScancode(key)) {
                send(new KeyInput(before.keysym(), before.evdevCode(), false));
            }
            down.put(identity, key);
        } else {
            KeyInput pressed = down.remove(identity);
            // Modifiers may have changed since; the server wants the keysym that went down.
            if (pressed != null) {
                sent = new KeyInput(pressed.keysym(), pressed.evdevCode(), false);
            }
        }
        send(sent);
    }

    private boolean usesScancode(KeyInput key) {
        return extendedKeys && Scancodes.of(key.evdevCode()) != 0;
    }

    private void send(KeyInput key) {
        if (usesScancode(key)) {
            out.send(ClientMessages.extendedKey(key.keysym(), Scancodes.of(key.evdevCode()), key.pressed()));
        } else if (key.keysym() != 0) {
            out.send(ClientMessages.key(key.keysym(), key.pressed()));
        }
    }

    @Override
    public synchronized void pointer(PointerInput input) {
        if (!viewOnly) {
            place(input.x(), input.y(), rfbButtons(input.buttons()));
        }
    }

    @Override
    public synchronized void wheel(WheelInput wheel) {
        if (viewOnly) {
            return;
        }
        int buttons = rfbButtons(wheel.buttons());
        horizontalRest += wheel.horizontal();
        verticalRest += wheel.vertical();
        int horizontal = horizontalRest / NOTCH;
        int vertical = verticalRest / NOTCH;
        horizontalRest -= horizontal * NOTCH;
        verticalRest -= vertical * NOTCH;
        turn(wheel, buttons, vertical, WHEEL_UP, WHEEL_DOWN);
        turn(wheel, buttons, horizontal, WHEEL_LEFT, WHEEL_RIGHT);
    }

    private void turn(WheelInput wheel, int buttons, int notches, int negative, int positive) {
        int button = notches < 0 ? negative : positive;
        for (int i = Math.min(Math.abs(notches), MAX_NOTCHES); i > 0; i--) {
            place(wheel.x(), wheel.y(), buttons | button);
            place(wheel.x(), wheel.y(), buttons);
        }
    }

    /** Left, middle, right are the first three buttons; four to seven are the wheel; back and forward are eight and nine. */
    private static int rfbButtons(int buttons) {
        return buttons & 7 | (buttons & (PointerInput.BACK | PointerInput.FORWARD)) << 4;
    }

    private void place(int x, int y, int buttons) {
        lastX = Math.max(0, Math.min(0xffff, x));
        lastY = Math.max(0, Math.min(0xffff, y));
        boolean moveOnly = buttons == lastButtons;
        lastButtons = buttons;
        boolean extended = extendedButtons && buttons > 0x7f;
        pointer[0] = 5;
        pointer[1] = (byte) (extended ? buttons & 0x7f | 0x80 : buttons);
        pointer[2] = (byte) (lastX >> 8);
        pointer[3] = (byte) lastX;
        pointer[4] = (byte) (lastY >> 8);
        pointer[5] = (byte) lastY;
        pointer[6] = (byte) (buttons >> 7);
        // A message that presses or releases stays where it happened; only what merely moves may be replaced by a later
        // move.
        if (moveOnly) {
            out.sendMove(pointer, extended ? 7 : 6);
        } else {
            out.send(pointer, extended ? 7 : 6);
        }
    }

    @Override
    public synchronized void releaseAll() {
        // The last first, so that a letter does not turn small because Shift is up already.
        List<KeyInput> keys = new ArrayList<>(down.values());
        Collections.reverse(keys);
        keys.forEach(key -> send(new KeyInput(key.keysym(), key.evdevCode(), false)));
        down.clear();
        if (lastButtons != 0) {
            place(lastX, lastY, 0);
        }
    }
}
