/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259), read or to be written. What is missing is a value too, so that a path into an answer needs no
 * tests on its way: an engine may leave out anything. A command such as {@code session exec} cannot afford to load a
 * data-binding library.
 */
public final class Json {

    /** Far deeper than any answer of an engine. */
    private static final int MOST_DEPTH = 64;

    private static final Json MISSING = new Json(null);

    private final @Nullable Object node;

    private Json(@Nullable Object node) {
        this.node = node;
    }

    /** A value that is not there. */
    public static Json missing() {
        return MISSING;
    }

    /** Reads one value, with nothing but white space after it. */
    public static Json parse(String text) throws IOException {
        Parser parser = new Parser(text);
        Json value = new Json(parser.value(0));
        parser.end();
        return value;
    }

    /** An object with keys in the given order: key, value, key, value. */
    public static Map<String, Object> object(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], Objects.requireNonNull(pairs[i + 1]));
        }
        return map;
    }

    /** Maps, lists, strings, numbers and booleans as a text. */
    public static String print(Object value) {
        StringBuilder out = new StringBuilder(1024);
        write(out, value);
        return out.toString();
    }

    /** A member of an object. */
    public Json get(String key) {
        return node instanceof Map<?, ?> map ? of(map.get(key)) : MISSING;
    }

    /** The items of an array; none if it is none. */
    public List<Json> items() {
        if (!(node instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().map(Json::of).toList();
    }

    /** Calls with each member of an object. */
    public void members(BiConsumer<String, Json> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> visitor.accept(String.valueOf(key), of(value)));
        }
    }

    /** The string, or an empty one. */
    public String text() {
        return node instanceof String string ? string : "";
    }

    /** The number cut to a whole one, or 0. */
    public long number() {
        return node instanceof Number number ? number.longValue() : 0;
    }

    /** Whether it is {@code true}. */
    public boolean isTrue() {
        return Boolean.TRUE.equals(node);
    }

    /** Whether it is there and not {@code null}. */
    public boolean present() {
        return node != null;
    }

    /** The plain maps and lists behind it; an empty map when it is missing. */
    public Object raw() {
        return node == null ? Map.of() : node;
    }

    private static Json of(@Nullable Object value) {
        return value == null ? MISSING : new Json(value);
    }

    private static void write(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                string(out, String.valueOf(entry.getKey()));
                out.append(':');
                Object member = entry.getValue();
                if (member == null) {
                    out.append("null");
                } else {
                    write(out, member);
                }
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> items) {
            out.append('[');
            String separator = "";
            for (Object item : items) {
                out.append(separator);
                write(out, Objects.requireNonNull(item));
                separator = ",";
            }
            out.append(']');
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(out, value.toString());
        }
    }

    private static void string(StringBuilder out, String text) {
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

    /** Reads a text that may be anything. */
    private static final class Parser {
        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private @Nullable Object value(int depth) throws IOException {
            if (depth > MOST_DEPTH) {
                throw wrong("nested too deep");
            }
            switch (peek()) {
                case '{':
                    return object(depth);
                case '[':
                    return array(depth);
                case '"':
                    return string();
                case 't':
                    word("true");
                    return Boolean.TRUE;
                case 'f':
                    word("false");
                    return Boolean.FALSE;
                case 'n':
                    word("null");
                    return null;
                default:
                    return number();
            }
        }

        private Map<String, @Nullable Object> object(int depth) throws IOException {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            at++;
            if (peek() == '}') {
                at++;
                return map;
            }
            while (true) {
                if (peek() != '"') {
                    throw wrong("a key is no string");
                }
                String key = string();
                if (peek() != ':') {
                    throw wrong("a colon is missing");
                }
                at++;
                map.put(key, value(depth + 1));
                if (more('}')) {
                    return map;
                }
            }
        }

        private List<@Nullable Object> array(int depth) throws IOException {
            List<@Nullable Object> list = new ArrayList<>();
            at++;
            if (peek() == ']') {
                at++;
                return list;
            }
            do {
                list.add(value(depth + 1));
            } while (!more(']'));
            return list;
        }

        /** Goes over a comma or the given end; tells whether it was the end. */
        private boolean more(char end) throws IOException {
            char c = peek();
            at++;
            if (c != ',' && c != end) {
                throw wrong("a comma is missing");
            }
            return c == end;
        }

        private String string() throws IOException {
            StringBuilder out = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return out.toString();
                }
                if (c < 0x20) {
                    throw wrong("a control character in a string");
                }
                out.append(c == '\\' ? escape() : c);
            }
            throw wrong("a string does not end");
        }

        private char escape() throws IOException {
            char c = at < text.length() ? text.charAt(at++) : 0;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        throw wrong("a string does not end");
                    }
                    int code = 0;
                    for (int i = 0; i < 4; i++) {
                        int digit = Character.digit(text.charAt(at++), 16);
                        if (digit < 0) {
                            throw wrong("not a hexadecimal digit");
                        }
                        code = code << 4 | digit;
                    }
                    yield (char) code;
                }
                default -> throw wrong("an unknown escape");
            };
        }

        private Number number() throws IOException {
            int begin = at;
            boolean whole = true;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                char c = text.charAt(at++);
                whole &= c == '-' || c >= '0' && c <= '9';
            }
            String digits = text.substring(begin, at);
            try {
                if (whole && digits.length() < 19) {
                    return Long.valueOf(digits);
                }
                return Double.valueOf(digits);
            } catch (NumberFormatException e) {
                throw new IOException("not JSON at character " + begin + ": no value", e);
            }
        }

        private void word(String word) throws IOException {
            if (!text.startsWith(word, at)) {
                throw wrong("an unknown word");
            }
            at += word.length();
        }

        private void end() throws IOException {
            while (at < text.length()) {
                if (!isSpace(text.charAt(at++))) {
                    throw wrong("something after the value");
                }
            }
        }

        private char peek() throws IOException {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (!isSpace(c)) {
                    return c;
                }
                at++;
            }
            throw wrong("it ends too early");
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\n' || c == '\r' || c == '\t';
        }

        private IOException wrong(String what) {
            return new IOException("not JSON at character " + at + ": " + what);
        }
    }
}
