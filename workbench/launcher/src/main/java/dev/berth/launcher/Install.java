/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that a distribution was laid out or unpacked in.
 *
 * @param folder absolute
 */
record Install(Path folder) {

    /**
     * A line of {@code conf/bundles.list}.
     *
     * @param level the start level
     * @param jar absolute
     */
    record Entry(int level, Path jar) {}

    /** Returns where the launcher's own jar lies, one up from {@code lib}; {@code -Dberth.install} says otherwise. */
    static Install locate() throws LaunchException {
        String given = System.getProperty("berth.install", "");
        if (!given.isEmpty()) {
            return new Install(Path.of(given).toAbsolutePath().normalize());
        }
        CodeSource source = Install.class.getProtectionDomain().getCodeSource();
        try {
            if (source != null) {
                Path lib = Path.of(source.getLocation().toURI()).getParent();
                if (lib != null && lib.getParent() != null) {
                    return new Install(lib.getParent());
                }
            }
        } catch (URISyntaxException e) {
            throw new LaunchException("Cannot tell where Berth is installed.", e);
        }
        throw new LaunchException(LaunchException.FAILED, "Cannot tell where Berth is installed.");
    }

    /** Returns the bundles to start, in the order of the list. Its header says how it is written. */
    List<Entry> bundles() throws LaunchException {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines("bundles.list")) {
            String[] words = line.split("\\s+", 2);
            if (words.length != 2 || !words[0].matches("\\d{1,3}")) {
                throw new LaunchException(LaunchException.FAILED, "conf/bundles.list has a line that is none: " + line);
            }
            entries.add(new Entry(Integer.parseInt(words[0]), folder.resolve(words[1])));
        }
        return entries;
    }

    /** Returns the packages of the class path that bundles may import, as {@code system.packages.extra} wants them. */
    String systemPackages() throws LaunchException {
        return String.join(",", lines("system.packages"));
    }

    /** Returns the hash of the contents of all bundles. */
    String buildId() throws LaunchException {
        return String.join("", lines("build.id"));
    }

    private List<String> lines(String name) throws LaunchException {
        Path file = folder.resolve("conf").resolve(name);
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new LaunchException(
                    "This installation of Berth is not complete: " + file
                            + " cannot be read. Build or unpack it again.",
                    e);
        }
    }
}
