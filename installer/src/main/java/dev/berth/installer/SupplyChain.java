/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Says what of others a package holds: a bill of materials (CycloneDX 1.5, ECMA-424) and the licences' texts. */
final class SupplyChain {

    private SupplyChain() {}

    static String billOfMaterials(FileSet files, List<Library> libraries, String version, Instant time)
            throws IOException {
        StringBuilder json = new StringBuilder("{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n");
        json.append("  \"version\": 1,\n  \"metadata\": {\n    \"timestamp\": \"")
                .append(time);
        json.append(
                "\",\n    \"component\": {\"type\": \"application\", \"bom-ref\": \"berth\", \"name\": \"berth\", ");
        json.append("\"version\": \"").append(version).append("\"}\n  },\n  \"components\": [\n");
        json.append(libraries.stream()
                .map(library -> component(library, digest(files, library)))
                .collect(Collectors.joining(",\n")));
        json.append("\n  ],\n  \"dependencies\": [\n    {\"ref\": \"berth\", \"dependsOn\": [");
        json.append(
                libraries.stream().map(library -> "\"" + purl(library) + "\"").collect(Collectors.joining(", ")));
        return json.append("]}\n  ]\n}\n").toString();
    }

    private static String component(Library library, String sha256) {
        String expression = String.join(" OR ", library.licences());
        return "    {\"type\": \"library\", \"bom-ref\": \"" + purl(library) + "\", \"group\": \"" + library.group()
                + "\", \"name\": \"" + library.artifact() + "\", \"version\": \"" + library.version()
                + "\",\n     \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"" + sha256
                + "\"}], \"licenses\": [{\"expression\": \"" + expression + "\"}],\n     \"purl\": \""
                + purl(library) + "\"}";
    }

    private static String purl(Library library) {
        return "pkg:maven/" + library.group() + "/" + library.artifact() + "@" + library.version();
    }

    private static String digest(FileSet files, Library library) {
        try {
            byte[] jar = Objects.requireNonNull(files.items().get(library.file()))
                    .content()
                    .read();
            return Packages.sha256(jar);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the list of libraries, then each text that their jars hold, once. */
    static String notices(FileSet files, List<Library> libraries) throws IOException {
        StringBuilder text = new StringBuilder("Berth holds these libraries of others, unchanged.\n\n");
        Map<String, StringBuilder> holders = new LinkedHashMap<>();
        for (Library library : libraries) {
            text.append(String.format(
                    "%s:%s %s%n    %s%n",
                    library.group(), library.artifact(), library.version(), String.join(" or ", library.licences())));
            byte[] jar = Objects.requireNonNull(files.items().get(library.file()))
                    .content()
                    .read();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().matches("META-INF/[^/]*(LICENSE|NOTICE)[^/]*")) {
                        String found = new String(zip.readAllBytes(), StandardCharsets.UTF_8)
                                .replace("\r\n", "\n")
                                .strip();
                        holders.computeIfAbsent(found, none -> new StringBuilder())
                                .append(library.artifact())
                                .append(' ')
                                .append(entry.getName())
                                .append('\n');
                    }
                }
            }
        }
        holders.forEach((found, holder) -> text.append("\n")
                .append("-".repeat(78))
                .append('\n')
                .append(holder)
                .append("\n")
                .append(found)
                .append('\n'));
        return text.toString();
    }
}
