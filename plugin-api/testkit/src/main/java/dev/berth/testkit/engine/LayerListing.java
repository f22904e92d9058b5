/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in a layer: a reader of PAX archives good enough for the small ones that tests make. */
final class LayerListing {

    private static final int BLOCK = 512;

    private LayerListing() {}

    /** Path to {@code file UID:GID CONTENT}, {@code symlink TARGET}, {@code hardlink TARGET} or {@code folder}. */
    static Map<String, String> of(byte[] tar) {
        Map<String, String> entries = new LinkedHashMap<>();
        Map<String, String> pax = new LinkedHashMap<>();
        for (int at = 0; at + BLOCK <= tar.length && tar[at] != 0; ) {
            int size = Integer.parseInt(text(tar, at + 124, 12), 8);
            char type = (char) tar[at + 156];
            byte[] body = Arrays.copyOfRange(tar, at + BLOCK, at + BLOCK + size);
            String name = pax.getOrDefault("path", text(tar, at, 100));
            String link = pax.getOrDefault("linkpath", text(tar, at + 157, 100));
            String owner =
                    Integer.parseInt(text(tar, at + 108, 8), 8) + ":" + Integer.parseInt(text(tar, at + 116, 8), 8);
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
            if (type == 'x') {
                pax = records(body);
                continue;
            }
            pax = new LinkedHashMap<>();
            name = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            entries.put(
                    name,
                    switch (type) {
                        case '0' -> "file " + owner + " " + new String(body, StandardCharsets.UTF_8);
                        case '1' -> "hardlink " + link;
                        case '2' -> "symlink " + link;
                        case '5' -> "folder";
                        default -> "type " + type;
                    });
        }
        return entries;
    }

    private static Map<String, String> records(byte[] body) {
        Map<String, String> records = new LinkedHashMap<>();
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            String record = line.substring(line.indexOf(' ') + 1);
            records.put(record.substring(0, record.indexOf('=')), record.substring(record.indexOf('=') + 1));
        }
        return records;
    }

    private static String text(byte[] tar, int offset, int length) {
        String field = new String(tar, offset, length, StandardCharsets.UTF_8);
        int end = field.indexOf(0);
        return (end < 0 ? field : field.substring(0, end)).strip();
    }
}
