/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.desktop;

import dev.berth.api.display.DisplayInput;
import dev.berth.api.display.KeyInput;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.WheelInput;
import java.util.List;

/** Types and clicks, with the small pauses without which programs miss things. */
public final class Hands {

    /** Toolkits take a second click within some 400 ms as a double click, and both at once as one. */
    private static final long CLICK_MILLIS = 40;

    /** Input is sent by another thread; nothing tells when the last of it has left, so it gets this long. */
    private static final long SETTLE_MILLIS = 150;

    private static final int NOTCH = 120;

    private final DisplayInput input;
    private final long keyMillis;

    /** @param keyMillis from one key to the next */
    public Hands(DisplayInput input, long keyMillis) {
        this.input = input;
        this.keyMillis = keyMillis;
    }

    /** Types a text. */
    public void type(String text) throws InterruptedException {
        List<Integer> keys = text.replace("\r\n", "\n")
                .codePoints()
                .map(Keysyms::ofCodePoint)
                .boxed()
                .toList();
        for (int key : keys) {
            input.key(new KeyInput(key, 0, true));
            Thread.sleep(keyMillis / 2);
            input.key(new KeyInput(key, 0, false));
            Thread.sleep(keyMillis - keyMillis / 2);
        }
    }

    /** Presses keys one after the other and lets go of them in reverse. */
    public void press(List<Integer> keys) throws InterruptedException {
        for (int key : keys) {
            input.key(new KeyInput(key, 0, true));
            Thread.sleep(keyMillis);
        }
        for (int i = keys.size() - 1; i >= 0; i--) {
            input.key(new KeyInput(keys.get(i), 0, false));
            Thread.sleep(keyMillis);
        }
    }

    /** Moves the pointer there and clicks. */
    public void click(int x, int y, int button, int times) throws InterruptedException {
        input.pointer(new PointerInput(x, y, 0));
        Thread.sleep(CLICK_MILLIS);
        for (int i = 0; i < times; i++) {
            input.pointer(new PointerInput(x, y, button));
            Thread.sleep(CLICK_MILLIS);
            input.pointer(new PointerInput(x, y, 0));
            Thread.sleep(CLICK_MILLIS);
        }
    }

    /** Turns the wheel there; positive is down. */
    public void scroll(int x, int y, int notches) throws InterruptedException {
        input.pointer(new PointerInput(x, y, 0));
        for (int i = 0; i < Math.abs(notches); i++) {
            input.wheel(new WheelInput(x, y, 0, 0, Integer.signum(notches) * NOTCH));
            Thread.sleep(CLICK_MILLIS);
        }
    }

    /** Waits until what was done has been sent. */
    public void settle() throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
    }
}
