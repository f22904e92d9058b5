/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.RootfsException;
import dev.berth.plugin.rootfs.debian.internal.index.Stanza;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Release file whose signature was checked: what the suite is, and the digest of every index in it. */
public final class ReleaseFile {

    /** An index as the release lists it: path below the suite's folder, SHA-256 in hexadecimal, size in bytes. */
    public record IndexFile(String path, String sha256, long sizeBytes) {}

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy H:mm:ss z", Locale.ENGLISH);

    private final Stanza stanza;
    private final Map<String, IndexFile> files = new LinkedHashMap<>();

    /** @throws RootfsException if the list of indexes is malformed */
    public ReleaseFile(String text) throws RootfsException {
        stanza = Stanza.parse(text);
        for (String line : stanza.text("SHA256").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 3 && HEX.matcher(words[0]).matches() && words[1].matches("[0-9]{1,15}")) {
                files.put(words[2], new IndexFile(words[2], words[0], Long.parseLong(words[1])));
            } else if (!line.isBlank()) {
                throw new RootfsException("rootfs.release.malformed", "The mirror's release file is malformed.", null);
            }
        }
    }

    public Optional<IndexFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    public boolean byHash() {
        return stanza.yes("Acquire-By-Hash");
    }

    public String codename() {
        return stanza.text("Codename");
    }

    public String suite() {
        return stanza.text("Suite");
    }

    public String version() {
        return stanza.text("Version");
    }

    public String origin() {
        return stanza.text("Origin");
    }

    public List<String> components() {
        return stanza.words("Components");
    }

    /** Whether it goes by this name, as a suite or by its code name. */
    public boolean isCalled(String name) {
        // The security archive called its suites "buster/updates" once; its release file says "buster".
        String bare = name.endsWith("/updates") ? name.substring(0, name.indexOf('/')) : name;
        return List.of(name, bare).stream()
                .anyMatch(n ->
                        n.equals(codename()) || n.equals(suite()) || codename().endsWith("/" + n));
    }

    /** When it was made; the epoch when it does not say. */
    public Instant date() {
        return date("Date").orElse(Instant.EPOCH);
    }

    /** From when on it must not be used any more; empty when it does not say. */
    public Optional<Instant> validUntil() {
        return date("Valid-Until");
    }

    private Optional<Instant> date(String field) {
        String value = stanza.text(field);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(value, DATE).toInstant());
        } catch (DateTimeException e) {
            // An unreadable date is treated as long past: it cannot be relied on.
            return Optional.of(Instant.EPOCH);
        }
    }
}
