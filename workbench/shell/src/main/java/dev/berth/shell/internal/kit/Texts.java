/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The words of the window, by key. */
public final class Texts {

    private static final ResourceBundle BUNDLE = load();

    private Texts() {}

    private static ResourceBundle load() {
        return ResourceBundle.getBundle("dev.berth.shell.texts", Locale.getDefault(), Texts.class.getClassLoader());
    }

    /** The text of a key, with {@code {0}} and so on replaced. A key without a text stands for itself. */
    public static String of(String key, Object... arguments) {
        String pattern;
        try {
            pattern = BUNDLE.getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }
}
