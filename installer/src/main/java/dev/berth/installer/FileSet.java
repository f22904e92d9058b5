/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a package, by name, and what Unix says about each. Sorted by name, and without times and owners: so that two builds of one
 * commit give the same bytes.
 */
final class FileSet {

    static final int EXECUTABLE = 0755;
    static final int PLAIN = 0644;
    /** A symbolic link, whose content is its target. */
    static final int LINK = 0120777;

    /**
     * One file.
     *
     * @param mode Unix permission bits
     * @param content all of it
     */
    record Item(int mode, Content content) {}

    /** Where the bytes of a file come from. */
    @FunctionalInterface
    interface Content {
        byte[] read() throws IOException;
    }

    private final NavigableMap<String, Item> items = new TreeMap<>();

    /** Returns the files by name; names are relative, with slashes. */
    NavigableMap<String, Item> items() {
        return items;
    }

    /** Adds a text in UTF-8. */
    FileSet text(String name, String text) {
        return bytes(name, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    FileSet bytes(String name, int mode, byte[] content) {
        items.put(name, new Item(mode, () -> content));
        return this;
    }

    /** Adds the files of a folder under {@code prefix}. Links are followed: what a package holds does not depend on other packages. */
    FileSet folder(String prefix, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                // The executable bit is all that a package keeps: the umask of the builder does not matter.
                items.put(
                        prefix + name,
                        new Item(Files.isExecutable(file) ? EXECUTABLE : PLAIN, () -> Files.readAllBytes(file)));
            }
        }
        return this;
    }

    /** Adds all files of {@code other} under {@code prefix}. */
    FileSet all(String prefix, FileSet other) {
        other.items.forEach((name, item) -> items.put(prefix + name, item));
        return this;
    }

    /** Takes out the files whose name starts with {@code prefix}. */
    FileSet without(String prefix) {
        items.keySet().removeIf(name -> name.startsWith(prefix));
        return this;
    }

    /** Returns the sum of all sizes, in bytes. */
    long size() throws IOException {
        long sum = 0;
        for (Map.Entry<String, Item> entry : items.entrySet()) {
            sum += entry.getValue().content().read().length;
        }
        return sum;
    }
}
