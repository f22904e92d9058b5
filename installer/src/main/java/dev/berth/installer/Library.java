/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A library of others in the distribution.
 *
 * @param file its place in the distribution
 * @param group the Maven group
 * @param artifact the Maven artifact
 * @param version the Maven version
 * @param licences SPDX ids, of which the user may choose one
 */
record Library(String file, String group, String artifact, String version, List<String> licences) {

    Library {
        licences = List.copyOf(licences);
    }

    /** Returns the libraries among {@code files}; fails for a jar that is neither ours nor in the list. */
    static List<Library> among(FileSet files, Path list) throws IOException {
        TreeMap<String, String[]> known = new TreeMap<>();
        for (String line : Files.readAllLines(list)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.split(" ", -1);
                known.put(words[0], words);
            }
        }
        List<Library> libraries = new ArrayList<>();
        for (String file : files.items().keySet()) {
            String jar = file.substring(file.lastIndexOf('/') + 1);
            if (!jar.endsWith(".jar") || jar.startsWith("dev.berth.") || jar.equals("berth.jar")) {
                continue;
            }
            String name = jar.substring(0, jar.length() - ".jar".length());
            String[] words = known.keySet().stream()
                    .filter(artifact -> name.matches(java.util.regex.Pattern.quote(artifact) + "-\\d.*"))
                    .findFirst()
                    .map(known::get)
                    .orElseThrow(() -> new IOException(jar + " has no line in " + list.getFileName()));
            libraries.add(new Library(
                    file,
                    words[1],
                    words[0],
                    name.substring(words[0].length() + 1),
                    Arrays.asList(words[2].split("\\|", -1))));
        }
        return libraries;
    }
}
