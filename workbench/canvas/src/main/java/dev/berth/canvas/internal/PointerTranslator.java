/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.WheelInput;
import java.awt.Point;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;

/** Turns AWT mouse events into pointer and wheel input. Event thread only. */
public final class PointerTranslator {

    private static final int NOTCH = 120;

    private final boolean x11;
    private int buttons;
    private double wheelRest;

    /** Translates events of a host's toolkit. */
    public PointerTranslator(HostKeyboard host) {
        x11 = host == HostKeyboard.X11;
    }

    /**
     * A press, release, move or drag.
     *
     * @param at in pixels of the picture
     */
    public void pointer(MouseEvent event, Point at, DisplayInput input) {
        if (event.getID() == MouseEvent.MOUSE_PRESSED || event.getID() == MouseEvent.MOUSE_RELEASED) {
            boolean pressed = event.getID() == MouseEvent.MOUSE_PRESSED;
            int horizontal = horizontalNotch(event.getButton());
            if (horizontal != 0) {
                if (pressed) {
                    input.wheel(new WheelInput(at.x, at.y, buttons, horizontal, 0));
                }
                return;
            }
            int bit = bit(event.getButton());
            buttons = pressed ? buttons | bit : buttons & ~bit;
        }
        input.pointer(new PointerInput(at.x, at.y, buttons));
    }

    /**
     * A turn of the wheel. Touch pads turn by fractions of a notch; what is less than a 120th is kept for the next turn.
     *
     * @param at in pixels of the picture
     */
    public void wheel(MouseWheelEvent event, Point at, DisplayInput input) {
        wheelRest += event.getPreciseWheelRotation() * NOTCH;
        int whole = (int) wheelRest;
        wheelRest -= whole;
        if (whole != 0) {
            input.wheel(new WheelInput(at.x, at.y, buttons, 0, whole));
        }
    }

    /** Forgets the buttons that are down; the caller tells the guest. */
    public void reset() {
        buttons = 0;
        wheelRest = 0;
    }

    private int horizontalNotch(int button) {
        // X11 has no horizontal wheel events: buttons 6 and 7 stand for it, and AWT, which leaves out 4 and 5,
        // renumbers.
        if (x11 && (button == 4 || button == 5)) {
            return button == 4 ? -NOTCH : NOTCH;
        }
        return 0;
    }

    private int bit(int button) {
        return switch (x11 && button > 5 ? button - 2 : button) {
            case MouseEvent.BUTTON1 -> PointerInput.LEFT;
            case MouseEvent.BUTTON2 -> PointerInput.MIDDLE;
            case MouseEvent.BUTTON3 -> PointerInput.RIGHT;
            case 4 -> PointerInput.BACK;
            case 5 -> PointerInput.FORWARD;
            default -> 0;
        };
    }
}
