/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import java.awt.Toolkit;
import java.util.Locale;

/** How key events of this host's toolkit tell physical keys. */
public enum HostKeyboard {
    /** rawCode is the X keycode, which is the evdev code plus 8. */
    X11,
    /** scancode is the set 1 scan code without its E0 prefix. */
    WINDOWS,
    /** Neither is set; only the virtual key is known. */
    OTHER;

    /** That of this process. */
    public static HostKeyboard current() {
        String toolkit = Toolkit.getDefaultToolkit().getClass().getName();
        if (toolkit.equals("sun.awt.X11.XToolkit")) {
            return X11;
        }
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows") ? WINDOWS : OTHER;
    }
}
