/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.errors;

import dev.berth.api.error.Remedy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error code of Windows or WSL with what it means to a person.
 *
 * @param code the 32 bits
 * @param name as Microsoft's headers call it
 * @param summary one sentence
 * @param remedy what to do
 */
public record HResult(int code, String name, String summary, Remedy remedy) {

    private static final Pattern CODE = Pattern.compile("\\b(WSLC?_E_[A-Z_]+|E_[A-Z]+|0x[0-9A-Fa-f]{8})\\b");

    /** Read when the first error is met. */
    private static final class Table {
        private static final Map<Integer, HResult> BY_CODE = read();

        private static Map<Integer, HResult> read() {
            Map<Integer, HResult> table = new LinkedHashMap<>();
            try (InputStream in = HResult.class.getResourceAsStream("errors.tsv")) {
                if (in == null) {
                    throw new IllegalStateException("the table of errors is missing from the bundle");
                }
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith("#")) {
                        HResult one = parse(line.split("\t", -1));
                        table.put(one.code(), one);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("the table of errors cannot be read from the bundle", e);
            }
            return table;
        }

        private static HResult parse(String[] fields) {
            Remedy remedy =
                    fields.length > 4 ? Remedy.command(fields[3], fields[4].split(" ")) : Remedy.advice(fields[3]);
            return new HResult(Integer.parseUnsignedInt(fields[0], 16), fields[1], fields[2], remedy);
        }
    }

    /** All that are known. */
    public static List<HResult> all() {
        return List.copyOf(Table.BY_CODE.values());
    }

    /** What a code means; for an unknown one, its number. */
    public static HResult of(int code) {
        HResult known = Table.BY_CODE.get(code);
        return known == null
                ? new HResult(
                        code,
                        hex(code),
                        "WSL failed with the error " + hex(code) + ".",
                        Remedy.advice("Look the number up, and update WSL: wsl --update"))
                : known;
    }

    /**
     * The code in what a command said. Its text is in the person's language; the last code in it is that of the failure.
     */
    public static Optional<HResult> in(String text) {
        HResult last = null;
        Matcher matcher = CODE.matcher(text);
        while (matcher.find()) {
            Optional<HResult> found = named(matcher.group(1));
            last = found.isPresent() ? found.get() : last;
        }
        return Optional.ofNullable(last);
    }

    private static Optional<HResult> named(String word) {
        if (word.startsWith("0x")) {
            return Optional.of(of(Integer.parseUnsignedInt(word.substring(2), 16)));
        }
        return Table.BY_CODE.values().stream()
                .filter(one -> one.name().equals(word))
                .findFirst();
    }

    /** Whether it says that something on this computer is missing, and not that one call failed. */
    public boolean missing() {
        return switch (code) {
            case 0x80040154, 0x8004032D, 0x80040328, 0x80070BC2, 0x8004060B, 0x8004060C, 0x800706BA -> true;
            default -> false;
        };
    }

    static String hex(int code) {
        return "0x" + String.format("%08X", code).toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name + " (" + hex(code) + ")";
    }
}
