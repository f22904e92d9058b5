/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import dev.berth.api.error.BerthException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of a Berth's files, as the build writes it into {@code berth.json}:
 *
 * <pre>{@code
 * {"format": 1, "version": "0.2.0", "build": "888872bf8524cef1", "issued": "2026-11-23T00:00:00Z",
 *  "files": {"bundles/dev.berth.cli-0.2.0.jar": {"size": 211034, "sha256": "…"}, …}}
 * }</pre>
 *
 * @param files by name, below the folder of an installation, with slashes; without those of the launcher
 * @param launcher the launcher's class path and Java's options, likewise: an update cannot replace what runs before it is looked at
 */
record ReleaseList(String version, String build, Instant issued, Map<String, Item> files, Map<String, Item> launcher) {

    static final String NAME = "berth.json";
    static final int MOST_BYTES = 4 << 20;

    /** What this Berth reads; a list with another number is for a Berth that needs its package first. */
    private static final int FORMAT = 1;

    private static final int MOST_FILES = 5_000;
    private static final long MOST_FILE_BYTES = 512L << 20;
    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}");
    private static final Pattern FILE = Pattern.compile(
            "(bundles|plugins|themes|lib)/[0-9A-Za-z][0-9A-Za-z._+-]{0,199}\\.jar|conf/[a-z]+\\.[a-z]+");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /**
     * One file.
     *
     * @param size in bytes
     * @param sha256 in small hexadecimal digits
     */
    record Item(long size, String sha256) {}

    /** Reads a list whose signature was found to be right; it may still be too new to be understood. */
    static ReleaseList parse(byte[] json) throws BerthException {
        try {
            JsonNode root = JsonMapper.shared().readTree(json);
            int format = root.path("format").asInt(0);
            if (format != FORMAT) {
                throw Problems.refused(
                        "The update site's list has the format " + format + "; this Berth reads " + FORMAT + ".", null);
            }
            int count = root.path("files").size();
            if (count == 0 || count > MOST_FILES) {
                throw Problems.refused("The update site's list names " + count + " files.", null);
            }
            Map<String, Item> files = new TreeMap<>();
            Map<String, Item> launcher = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : root.path("files").properties()) {
                String name = match(FILE, entry.getKey(), "file name");
                (isLauncher(name) ? launcher : files).put(name, item(name, entry.getValue()));
            }
            return new ReleaseList(
                    match(WORD, root.path("version").asString(""), "version"),
                    match(WORD, root.path("build").asString(""), "build"),
                    Instant.parse(root.path("issued").asString("")),
                    Collections.unmodifiableMap(files),
                    Collections.unmodifiableMap(launcher));
        } catch (JacksonException | DateTimeException e) {
            throw Problems.refused("The update site's list of files cannot be read.", e);
        }
    }

    private static boolean isLauncher(String name) {
        return name.startsWith("lib/") || name.equals("conf/jvm.options");
    }

    private static Item item(String name, JsonNode node) throws BerthException {
        long size = node.path("size").asLong(-1);
        if (size < 0 || size > MOST_FILE_BYTES) {
            throw Problems.refused("The update site's list gives " + name + " a size that cannot be.", null);
        }
        return new Item(size, match(DIGEST, node.path("sha256").asString(""), "SHA-256"));
    }

    private static String match(Pattern pattern, String text, String what) throws BerthException {
        if (!pattern.matcher(text).matches()) {
            throw Problems.refused("The update site's list has a " + what + " that is none: " + text, null);
        }
        return text;
    }

    /** Returns the files that are not among those of the given names. */
    List<Item> without(Map<String, ?> here) {
        return files.entrySet().stream()
                .filter(file -> !here.containsKey(file.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Returns the name of the folder that this Berth is put together in: two lists never share one. */
    String folder() {
        return version + "-" + build;
    }
}
