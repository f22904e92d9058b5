/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.plugin.rootfs.debian.internal.index.Stanza;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The apt sources of a host, in both formats (sources.list(5), "one-line-style" and "deb822-style"). Only entries for
 * binary packages over HTTP count; the rest, and flat archives, are passed over.
 */
public final class AptSources {

    private static final Logger LOG = LoggerFactory.getLogger(AptSources.class);
    private static final long MAX_FILE_BYTES = 4L << 20;

    private AptSources() {}

    /**
     * Reads {@code sources.list} and {@code sources.list.d} in the order apt does.
     *
     * @param etcApt the folder, {@code /etc/apt} on a host with apt; it need not exist
     */
    public static List<SourceEntry> read(Path etcApt) {
        boolean checkDates = AptConfig.read(etcApt).checkValidUntil();
        List<SourceEntry> entries = new ArrayList<>();
        addFile(etcApt.resolve("sources.list"), checkDates, entries);
        Path folder = etcApt.resolve("sources.list.d");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.sorted().forEach(file -> addFile(file, checkDates, entries));
            } catch (IOException e) {
                LOG.warn("Cannot list {}: {}", folder, e.toString());
            }
        }
        return entries;
    }

    private static void addFile(Path file, boolean checkDates, List<SourceEntry> entries) {
        String name = file.getFileName().toString();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
                return;
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (name.endsWith(".list")) {
                entries.addAll(parseLines(text, checkDates));
            } else if (name.endsWith(".sources")) {
                entries.addAll(parseStanzas(text, checkDates));
            }
        } catch (IOException e) {
            LOG.warn("Cannot read {}: {}", file, e.toString());
        }
    }

    /** Parses the one-line format. */
    static List<SourceEntry> parseLines(String text, boolean checkDates) {
        List<SourceEntry> entries = new ArrayList<>();
        for (String raw : text.split("\n")) {
            String line = raw.contains("#") ? raw.substring(0, raw.indexOf('#')).strip() : raw.strip();
            if (!line.startsWith("deb ") && !line.startsWith("deb\t")) {
                continue;
            }
            String rest = line.substring(3).strip();
            Map<String, String> options = new LinkedHashMap<>();
            if (rest.startsWith("[")) {
                int close = rest.indexOf(']');
                if (close < 0) {
                    continue;
                }
                for (String option : rest.substring(1, close).strip().split("\\s+")) {
                    int equals = option.indexOf('=');
                    if (equals > 0) {
                        options.put(option.substring(0, equals).toLowerCase(Locale.ROOT), option.substring(equals + 1));
                    }
                }
                rest = rest.substring(close + 1).strip();
            }
            String[] words = rest.split("\\s+");
            if (words.length >= 3) {
                String signedBy = options.getOrDefault("signed-by", "");
                add(
                        entries,
                        words[0],
                        words[1],
                        List.of(words).subList(2, words.length),
                        signedBy.isEmpty() ? List.of() : List.of(signedBy.split(",")),
                        yes(options.getOrDefault("check-valid-until", ""), checkDates));
            }
        }
        return entries;
    }

    /** Parses the deb822 format. */
    static List<SourceEntry> parseStanzas(String text, boolean checkDates) {
        List<SourceEntry> entries = new ArrayList<>();
        for (Stanza stanza : Stanza.parseAll(text)) {
            boolean off = stanza.get("Enabled") != null && !stanza.yes("Enabled");
            if (off || !stanza.words("Types").contains("deb")) {
                continue;
            }
            boolean check = yes(stanza.text("Check-Valid-Until"), checkDates);
            List<String> signedBy = signedBy(stanza.text("Signed-By"));
            for (String uri : stanza.words("URIs")) {
                for (String suite : stanza.words("Suites")) {
                    add(entries, uri, suite, stanza.words("Components"), signedBy, check);
                }
            }
        }
        return entries;
    }

    private static List<String> signedBy(String value) {
        if (value.contains("BEGIN PGP PUBLIC KEY BLOCK")) {
            // An embedded key writes its empty lines as a single full stop.
            StringBuilder block = new StringBuilder();
            for (String line : value.strip().split("\n")) {
                block.append(line.strip().equals(".") ? "" : line.strip()).append('\n');
            }
            return List.of(block.toString());
        }
        return Arrays.stream(value.strip().split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void add(
            List<SourceEntry> entries,
            String uri,
            String suite,
            List<String> components,
            List<String> signedBy,
            boolean check) {
        String lower = uri.toLowerCase(Locale.ROOT);
        boolean flat = suite.endsWith("/") || components.isEmpty();
        if (!flat && (lower.startsWith("http://") || lower.startsWith("https://"))) {
            entries.add(new SourceEntry(slashed(uri), suite, components, signedBy, check, false));
        }
    }

    static String slashed(String uri) {
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static boolean yes(String value, boolean otherwise) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1", "on" -> true;
            case "no", "false", "0", "off" -> false;
            default -> otherwise;
        };
    }
}
