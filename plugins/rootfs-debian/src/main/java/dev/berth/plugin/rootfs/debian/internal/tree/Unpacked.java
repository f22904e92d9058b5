/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.archive.ArchiveException;
import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.index.Stanza;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What dpkg's database has to know about a package that was unpacked, or that is left to dpkg as a whole. */
final class Unpacked {

    private static final Pattern MEMBER = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private final DebPackage source;
    private final String control;
    private final boolean left;
    private final boolean multiArchSame;
    private final Map<String, byte[]> files;
    private final Set<String> conffiles = new LinkedHashSet<>();
    private final Map<String, String> conffileSums = new LinkedHashMap<>();
    /** For a package that brings no sums of its own: dpkg makes them while it unpacks, and so must we. */
    private final @Nullable StringBuilder sums;

    /**
     * @param left whether dpkg is to unpack it
     * @throws ArchiveException if the control file is not that of the package that the index promised
     */
    Unpacked(DebPackage source, Map<String, byte[]> files, boolean left) throws ArchiveException {
        this.source = source;
        this.left = left;
        this.files = new LinkedHashMap<>(files);
        byte[] own = this.files.remove("control");
        sums = files.containsKey("md5sums") ? null : new StringBuilder();
        control = new String(own == null ? new byte[0] : own, StandardCharsets.UTF_8).strip();
        Stanza stanza = Stanza.parse(control);
        if (!stanza.text("Package").equals(source.name())
                || !stanza.text("Version").equals(source.version())) {
            throw new ArchiveException("it is " + stanza.text("Package") + " " + stanza.text("Version"));
        }
        multiArchSame = stanza.text("Multi-Arch").equals("same");
        for (String name : this.files.keySet()) {
            if (!MEMBER.matcher(name).matches() || name.equals("list")) {
                throw new ArchiveException("a control file called " + name);
            }
        }
        for (String line : text("conffiles").split("\n")) {
            // "remove-on-upgrade /path" names a file that the package no longer has.
            if (line.startsWith("/")) {
                conffiles.add(line.strip().substring(1));
            }
        }
    }

    DebPackage source() {
        return source;
    }

    boolean left() {
        return left;
    }

    /** Whether its preinst script may move a file of another package away. */
    boolean diverts() {
        return !source.essential() && text("preinst").contains("dpkg-divert");
    }

    /** The name under which its files stand in dpkg's info folder. */
    String infoName() {
        return multiArchSame ? source.name() + ":" + source.architecture() : source.name();
    }

    Map<String, byte[]> files() {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        if (sums != null) {
            all.put("md5sums", sums.toString().getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    boolean has(String file) {
        return files.containsKey(file);
    }

    String text(String file) {
        byte[] bytes = files.get(file);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether the MD5 of a file has to go into the database. */
    boolean wantsSum(String path) {
        return sums != null || conffiles.contains(path);
    }

    /** Notes the MD5 of a file, in hexadecimal digits. */
    void sum(String path, String md5) {
        if (conffiles.contains(path)) {
            conffileSums.put(path, md5);
        } else if (sums != null) {
            sums.append(md5).append("  ").append(path).append('\n');
        }
    }

    /** The names of triggers that it waits for, with dpkg's mark for those that nobody waits on. */
    List<String[]> interests() {
        List<String[]> found = new ArrayList<>();
        for (String line : text("triggers").split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && words[0].startsWith("interest")) {
                found.add(new String[] {words[1], words[0].endsWith("-noawait") ? "/noawait" : ""});
            }
        }
        return found;
    }

    /** Its paragraph of the status file (dpkg(1), "status"). */
    String status() {
        StringBuilder text = new StringBuilder();
        int line = control.indexOf('\n');
        String first = line < 0 ? control : control.substring(0, line);
        text.append(first).append("\nStatus: install ok unpacked");
        text.append(line < 0 ? "" : control.substring(line)).append('\n');
        if (!conffileSums.isEmpty()) {
            text.append("Conffiles:\n");
            conffileSums.forEach((path, sum) ->
                    text.append(" /").append(path).append(' ').append(sum).append('\n'));
        }
        return text.append('\n').toString();
    }
}
