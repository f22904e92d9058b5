/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** Makes bundles out of a manifest and a few lines of Java. */
final class TestBundles {

    private TestBundles() {}

    /** Writes a bundle under a temporary name and renames it, as whoever installs a plugin does. */
    static Path write(Path jar, String name, String version, Map<String, String> headers, Map<String, String> sources)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        Files.createDirectories(jar.getParent());
        Path part = jar.resolveSibling("." + jar.getFileName() + ".part");
        Path work = Files.createTempDirectory("classes");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(part), manifest)) {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
                int code = ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-classpath",
                                System.getProperty("java.class.path") + java.io.File.pathSeparator + work,
                                "-d",
                                work.toString(),
                                file.toString());
                if (code != 0) {
                    throw new IOException("does not compile: " + source.getValue());
                }
            }
            try (var files = Files.walk(work)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    out.putNextEntry(new JarEntry(work.relativize(file).toString()));
                    Files.copy(file, out);
                }
            }
        } finally {
            try (var files = Files.walk(work)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.move(part, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
