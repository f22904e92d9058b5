/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the folder that {@code berth update} reads: {@code berth.json}, which lists the files of a distribution, and each of them under
 * {@code files/SHA-256}. Files of an earlier Berth in the folder stay, so that one folder serves all.
 */
final class UpdateFiles {

    private UpdateFiles() {}

    /**
     * Writes the folder.
     *
     * @param berth the distribution
     * @param issued what tells an older list from a newer one
     * @return the list
     */
    static Path write(FileSet berth, String version, Instant issued, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("files"));
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, FileSet.Item> file : berth.items().entrySet()) {
            String name = file.getKey();
            if (!name.matches("(bundles|plugins|themes|lib|conf)/.*") || name.equals("conf/portable")) {
                continue;
            }
            byte[] content = file.getValue().content().read();
            String digest = Packages.sha256(content);
            Files.write(folder.resolve("files").resolve(digest), content);
            lines.add("    \"" + name + "\": {\"size\": " + content.length + ", \"sha256\": \"" + digest + "\"}");
        }
        String build = new String(
                        Objects.requireNonNull(berth.items().get("conf/build.id"))
                                .content()
                                .read(),
                        StandardCharsets.UTF_8)
                .strip();
        Path list = folder.resolve("berth.json");
        Files.writeString(
                list,
                "{\n  \"format\": 1,\n  \"version\": \"" + version + "\",\n  \"build\": \"" + build
                        + "\",\n  \"issued\": \"" + issued.truncatedTo(ChronoUnit.SECONDS) + "\",\n  \"files\": {\n"
                        + String.join(",\n", lines) + "\n  }\n}\n");
        // It belongs to another list.
        Files.deleteIfExists(Signer.signature(list));
        return list;
    }
}
