/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/** A small file of names and values, written under a temporary name and renamed into place. Not thread-safe. */
public final class Fields {

    private final Properties values = new Properties();

    /** Reads a file. */
    public static Fields read(Path file) throws IOException {
        Fields fields = new Fields();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            fields.values.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + file, e);
        }
        return fields;
    }

    /** Writes the file; a reader sees the old content or the new. */
    public void write(Path file) throws IOException {
        Path temporary = temporary(file);
        try (Writer writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
            values.store(writer, null);
        }
        rename(temporary, file);
    }

    /** Writes text atomically. */
    public static void write(Path file, String text) throws IOException {
        Path temporary = temporary(file);
        Files.writeString(temporary, text);
        rename(temporary, file);
    }

    /** A name beside {@code file} that nobody else uses. */
    public static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    }

    private static void rename(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Sets a value. */
    public Fields set(String name, Object value) {
        values.setProperty(name, value.toString());
        return this;
    }

    /** A value; empty when it is not there. */
    public String get(String name) {
        return values.getProperty(name, "");
    }

    /** A whole number; 0 when it is not there or none. */
    public long number(String name) {
        try {
            return Long.parseLong(get(name));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Sets a list. */
    public Fields setList(String name, List<?> items) {
        set(name + ".count", items.size());
        for (int i = 0; i < items.size(); i++) {
            set(name + "." + i, items.get(i));
        }
        return this;
    }

    /** A list; empty when it is not there. */
    public List<String> list(String name) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < number(name + ".count"); i++) {
            items.add(get(name + "." + i));
        }
        return items;
    }

    /** Sets a map. */
    public Fields setMap(String name, Map<String, String> map) {
        map.forEach((key, value) -> set(name + ":" + key, value));
        return this;
    }

    /** A map, sorted by key. */
    public Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String key : new TreeSet<>(values.stringPropertyNames())) {
            if (key.startsWith(name + ":")) {
                map.put(key.substring(name.length() + 1), get(key));
            }
        }
        return map;
    }
}
