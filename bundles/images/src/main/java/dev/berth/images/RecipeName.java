/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a recipe is asked for by: its id, and the values of its parameters that differ from its own. As text
 * {@code debian-minimal?suite=trixie&user=anna}, values in the form of HTML forms (URLEncoder): so a session remembers
 * what it was made from.
 *
 * @param id of the recipe
 * @param values by name of the parameter
 */
public record RecipeName(String id, Map<String, String> values) {

    public RecipeName {
        values = Map.copyOf(values);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static RecipeName parse(String text) {
        int mark = text.indexOf('?');
        if (mark < 0) {
            return new RecipeName(text, Map.of());
        }
        Map<String, String> values = new TreeMap<>();
        for (String pair : text.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("write parameters as RECIPE?name=value&name=value");
            }
            values.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new RecipeName(text.substring(0, mark), values);
    }

    @Override
    public String toString() {
        if (values.isEmpty()) {
            return id;
        }
        StringBuilder text = new StringBuilder(id);
        char between = '?';
        for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
            text.append(between)
                    .append(value.getKey())
                    .append('=')
                    .append(URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8));
            between = '&';
        }
        return text.toString();
    }
}
