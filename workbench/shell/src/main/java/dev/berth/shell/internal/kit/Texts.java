/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import dev.berth.api.task.AnyThread;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The words of the window, by key, in the language that the person chose. */
@AnyThread
public final class Texts {

    /** The languages that are complete, the first stands in for all others. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static volatile Language current = load(Locale.getDefault());

    private Texts() {}

    /** A language, with its country's dates and numbers. */
    private record Language(Locale locale, ResourceBundle words) {}

    private static Language load(Locale locale) {
        return new Language(
                locale,
                ResourceBundle.getBundle(
                        "dev.berth.shell.texts",
                        locale,
                        Texts.class.getClassLoader(),
                        // Else German words would stand in for French ones on a German system.
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /**
     * Speaks another language from now on; what was said already stays.
     *
     * @param tag a language of {@link #LANGUAGES}; empty, or any other, is the system's
     */
    public static void language(String tag) {
        Locale wanted = LANGUAGES.stream()
                .filter(it -> it.toLanguageTag().equals(tag))
                .findFirst()
                .orElseGet(Locale::getDefault);
        if (wanted.getLanguage().equals(Locale.getDefault().getLanguage())) {
            // With the country that the system names.
            wanted = Locale.getDefault();
        }
        if (!wanted.equals(current.locale())) {
            current = load(wanted);
        }
    }

    /** How numbers and dates are written. */
    public static Locale locale() {
        return current.locale();
    }

    /** The text of a key, with {@code {0}} and so on replaced. A key without a text stands for itself. */
    public static String of(String key, Object... arguments) {
        Language language = current;
        String pattern;
        try {
            pattern = language.words().getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, language.locale()).format(arguments);
    }
}
