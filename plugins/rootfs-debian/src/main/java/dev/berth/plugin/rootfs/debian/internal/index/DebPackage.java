/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import java.util.List;
import java.util.regex.Pattern;

/** One binary package of an index. The relations are parsed once, when the package is read. */
public final class DebPackage {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+:~-]+");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final String base;
    private final Stanza stanza;
    private final String name;
    private final String version;
    private final long sizeBytes;
    private final long installedBytes;
    private final List<List<Relation>> preDepends;
    private final List<List<Relation>> depends;
    private final List<List<Relation>> recommends;
    private final List<Relation> conflicts;
    private final List<Relation> breaks;
    private final List<Relation> replaces;
    private final List<Relation> provides;

    /**
     * @param base address of the archive that {@code Filename} is relative to, ending in a slash
     * @throws IllegalArgumentException if a field that Berth relies on is missing or malformed
     */
    DebPackage(String base, Stanza stanza) {
        this.base = base;
        this.stanza = stanza;
        name = matched(stanza, "Package", NAME);
        version = matched(stanza, "Version", VERSION);
        sizeBytes = number(stanza.text("Size"));
        installedBytes = number(stanza.text("Installed-Size")) * 1024;
        preDepends = Relation.parse(stanza.text("Pre-Depends"));
        depends = Relation.parse(stanza.text("Depends"));
        recommends = Relation.parse(stanza.text("Recommends"));
        conflicts = Relation.parseFlat(stanza.text("Conflicts"));
        breaks = Relation.parseFlat(stanza.text("Breaks"));
        replaces = Relation.parseFlat(stanza.text("Replaces"));
        provides = Relation.parseFlat(stanza.text("Provides"));
    }

    private static String matched(Stanza stanza, String field, Pattern shape) {
        String value = stanza.text(field);
        if (!shape.matcher(value).matches()) {
            throw new IllegalArgumentException("bad " + field + " in a package index: " + value);
        }
        return value;
    }

    private static long number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("bad number in a package index: " + text);
        }
        return Long.parseLong(text);
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public String architecture() {
        return stanza.text("Architecture");
    }

    public String priority() {
        return stanza.text("Priority");
    }

    public boolean essential() {
        return stanza.yes("Essential");
    }

    /** Whether two architectures of it can be installed side by side: decides its file names in dpkg's database. */
    public boolean multiArchSame() {
        return stanza.text("Multi-Arch").equals("same");
    }

    /** Where its archive lies, as an address. */
    public String address() {
        return base + filename();
    }

    /** Where its archive lies, relative to the archive's root. */
    public String filename() {
        String filename = stanza.text("Filename");
        return filename.startsWith("./") ? filename.substring(2) : filename;
    }

    /** Size of the archive in bytes. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** About how much it takes when unpacked, in bytes. */
    public long installedBytes() {
        return installedBytes;
    }

    /** SHA-256 of the archive, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return matched(stanza, "SHA256", SHA256);
    }

    public List<List<Relation>> preDepends() {
        return preDepends;
    }

    public List<List<Relation>> depends() {
        return depends;
    }

    public List<List<Relation>> recommends() {
        return recommends;
    }

    public List<Relation> conflicts() {
        return conflicts;
    }

    public List<Relation> breaks() {
        return breaks;
    }

    public List<Relation> replaces() {
        return replaces;
    }

    public List<Relation> provides() {
        return provides;
    }

    /** Whether it meets a relation, by its own name or by one that it provides (Debian Policy 7.5). */
    public boolean satisfies(Relation relation) {
        if (!qualifierFits(relation.qualifier())) {
            return false;
        }
        if (relation.name().equals(name) && relation.allows(version)) {
            return true;
        }
        for (Relation provided : provides) {
            if (provided.name().equals(relation.name())
                    && (relation.operator().isEmpty()
                            || !provided.version().isEmpty() && relation.allows(provided.version()))) {
                return true;
            }
        }
        return false;
    }

    private boolean qualifierFits(String qualifier) {
        return switch (qualifier) {
            case "", "native" -> true;
            case "any" -> stanza.text("Multi-Arch").equals("allowed");
            default -> qualifier.equals(architecture());
        };
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
