/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the terminals. */
final class TerminalTexts {

    private final ResourceBundle bundle =
            ResourceBundle.getBundle("OSGI-INF.l10n.bundle", Locale.getDefault(), TerminalTexts.class.getClassLoader());

    String of(String key, Object... arguments) {
        String pattern = bundle.getString("terminal." + key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }
}
