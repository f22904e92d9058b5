/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes maps, lists, strings, numbers and booleans as JSON. The engine only writes JSON, and a command such as
 * {@code session exec} cannot afford to load a data-binding library for that.
 */
public final class Json {

    private final StringBuilder out = new StringBuilder(4096);

    private Json() {}

    /** A value as a JSON text. */
    public static String text(Object value) {
        Json json = new Json();
        json.value(value);
        return json.out.toString();
    }

    /** An object with keys in the given order: key, value, key, value. */
    public static Map<String, Object> object(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], Objects.requireNonNull(pairs[i + 1]));
        }
        return map;
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                string(String.valueOf(entry.getKey()));
                out.append(':');
                value(Objects.requireNonNull(entry.getValue()));
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> items) {
            out.append('[');
            String separator = "";
            for (Object item : items) {
                out.append(separator);
                value(Objects.requireNonNull(item));
                separator = ",";
            }
            out.append(']');
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(value.toString());
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
