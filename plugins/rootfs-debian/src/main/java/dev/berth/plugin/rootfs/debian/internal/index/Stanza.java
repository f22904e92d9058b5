/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One paragraph of a control file (deb-control(5), deb822(5)): fields with values that may go over several lines. Names
 * are matched without regard to case.
 */
public final class Stanza {

    private final Map<String, String> fields;

    private Stanza(Map<String, String> fields) {
        this.fields = fields;
    }

    /** Parses one paragraph; lines that are neither a field nor a continuation are passed over. */
    public static Stanza parse(String text) {
        List<Stanza> all = parseAll(text);
        return all.isEmpty() ? new Stanza(Map.of()) : all.get(0);
    }

    /** Parses all paragraphs of a text. Lines that begin with {@code #} are comments. */
    public static List<Stanza> parseAll(String text) {
        List<Stanza> stanzas = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        String name = "";
        StringBuilder value = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (bare.isBlank()) {
                flush(fields, name, value);
                name = "";
                if (!fields.isEmpty()) {
                    stanzas.add(new Stanza(fields));
                    fields = new LinkedHashMap<>();
                }
            } else if (bare.charAt(0) == ' ' || bare.charAt(0) == '\t') {
                value.append('\n').append(bare.strip());
            } else if (bare.charAt(0) != '#') {
                flush(fields, name, value);
                int colon = bare.indexOf(':');
                name = colon < 0 ? "" : bare.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                if (colon >= 0) {
                    value.append(bare.substring(colon + 1).strip());
                }
            }
        }
        flush(fields, name, value);
        if (!fields.isEmpty()) {
            stanzas.add(new Stanza(fields));
        }
        return stanzas;
    }

    private static void flush(Map<String, String> fields, String name, StringBuilder value) {
        if (!name.isEmpty()) {
            fields.put(name, value.toString());
        }
        value.setLength(0);
    }

    /** The value of a field, its lines joined by line feeds; null when the field is absent. */
    public @Nullable String get(String name) {
        return fields.get(name.toLowerCase(Locale.ROOT));
    }

    /** The value of a field, or an empty text. */
    public String text(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The value split at white space; empty when the field is absent. */
    public List<String> words(String name) {
        String value = text(name).strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }

    /** Whether a field says yes, as apt reads it. */
    public boolean yes(String name) {
        String value = text(name);
        return value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true");
    }
}
