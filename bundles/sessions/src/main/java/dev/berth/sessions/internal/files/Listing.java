/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import dev.berth.sessions.files.GuestFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists a folder with what both GNU's and BusyBox's tools can. */
final class Listing {

    /**
     * Each record ends with a slash and a line break, which no name can hold together; first the entries themselves,
     * then, after one without a name, what links lead to.
     */
    static final String SCRIPT = """
            cd -- "$1" || exit
            find . -mindepth 1 -maxdepth 1 -exec stat -c '%f %s %Y %n/' {} +
            echo /
            find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c '%f %s %Y %n/' {} + 2> /dev/null
            exit 0
            """;

    private static final int TYPE = 0xf000;
    private static final Pattern RECORD =
            Pattern.compile("([0-9a-f]{1,8}) (\\d{1,18}) (-?\\d{1,12}) \\./(.+)", Pattern.DOTALL);

    private Listing() {}

    static List<GuestFile> parse(byte[] output) {
        String[] parts = new String(output, StandardCharsets.UTF_8).split("(?<=^|\n)/\n", 2);
        Set<String> folders = new HashSet<>();
        for (GuestFile led : parts.length < 2 ? List.<GuestFile>of() : records(parts[1], Set.of())) {
            if (led.folder()) {
                folders.add(led.name());
            }
        }
        return records(parts[0], folders);
    }

    private static List<GuestFile> records(String text, Set<String> folders) {
        List<GuestFile> files = new ArrayList<>();
        for (String record : text.split("/\n")) {
            Matcher matcher = RECORD.matcher(record);
            if (matcher.matches()) {
                GuestFile.Kind kind = switch (Integer.parseUnsignedInt(matcher.group(1), 16) & TYPE) {
                    case 0x8000 -> GuestFile.Kind.FILE;
                    case 0x4000 -> GuestFile.Kind.FOLDER;
                    case 0xa000 -> GuestFile.Kind.LINK;
                    default -> GuestFile.Kind.OTHER;
                };
                String name = matcher.group(4);
                files.add(new GuestFile(
                        name,
                        kind,
                        kind == GuestFile.Kind.FOLDER || folders.contains(name),
                        Long.parseLong(matcher.group(2)),
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(3)))));
            }
        }
        return files;
    }
}
