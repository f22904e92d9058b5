/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The contents of {@code bundles.list}, whose header explains it.
 *
 * @param entries in the order of the file
 */
public record BundleList(List<Entry> entries) {

    /**
     * One bundle.
     *
     * @param level the start level
     * @param folder the folder of the distribution that it goes to
     * @param name its symbolic name
     */
    public record Entry(int level, String folder, String name) {}

    public BundleList {
        entries = List.copyOf(entries);
    }

    /** Reads the list. */
    public static BundleList read() throws IOException {
        try (InputStream in = BundleList.class.getResourceAsStream("bundles.list")) {
            if (in == null) {
                throw new IOException("no bundles.list on the class path");
            }
            return new BundleList(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(BundleList::parse)
                    .toList());
        }
    }

    private static Entry parse(String line) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("not LEVEL FOLDER NAME: " + line);
        }
        return new Entry(Integer.parseInt(words[0]), words[1], words[2]);
    }
}
