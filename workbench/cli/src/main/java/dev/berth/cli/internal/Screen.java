/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import java.util.Locale;
import java.util.Map;

/** Whether a window could be opened; asked without touching AWT, which costs a tenth of a second. */
final class Screen {

    private Screen() {}

    static boolean isThere() {
        return isThere(System.getProperty("os.name", ""), System.getenv());
    }

    static boolean isThere(String os, Map<String, String> environment) {
        if (Boolean.getBoolean("java.awt.headless")) {
            return false;
        }
        String lower = os.toLowerCase(Locale.ROOT);
        return lower.startsWith("windows")
                || lower.startsWith("mac")
                || !environment.getOrDefault("DISPLAY", "").isEmpty();
    }
}
