/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Finds the bundles among the entries of a class path: jars, or class folders where Maven has not packed a module yet. */
public final class ClassPathJars {

    private ClassPathJars() {}

    /** Returns the entries of {@code classPath} that are bundles, by symbolic name. */
    public static Map<String, Path> bundles(String classPath) throws IOException {
        Map<String, Path> bundles = new TreeMap<>();
        for (String element : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(element);
            Optional<String> name = attribute(path, "Bundle-SymbolicName");
            if (name.isPresent()) {
                Path other = bundles.putIfAbsent(name.get().split(";", 2)[0].strip(), path);
                if (other != null) {
                    throw new IOException("two bundles " + name.get() + ": " + other + " and " + path);
                }
            }
        }
        return bundles;
    }

    /** Returns a main attribute of the manifest of a jar or class folder. */
    public static Optional<String> attribute(Path path, String attribute) throws IOException {
        return manifest(path).map(Manifest::getMainAttributes).map((Attributes all) -> all.getValue(attribute));
    }

    private static Optional<Manifest> manifest(Path path) throws IOException {
        Path exploded = path.resolve(JarFile.MANIFEST_NAME);
        if (Files.isRegularFile(exploded)) {
            try (InputStream in = Files.newInputStream(exploded)) {
                return Optional.of(new Manifest(in));
            }
        }
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            return Optional.ofNullable(jar.getManifest());
        }
    }
}
