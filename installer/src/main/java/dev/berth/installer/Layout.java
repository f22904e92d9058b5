/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import dev.berth.runtime.BundleList;
import dev.berth.runtime.ClassPathJars;
import dev.berth.runtime.SystemPackages;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lays out {@code berth/{bin,lib,bundles,plugins,themes,conf}} from the bundle list, the class path of this module and the files under
 * {@code src/main/layout}.
 *
 * <p>A Berth may be running from the very folder: files are replaced by renaming, and only those that differ.
 */
public final class Layout {

    private static final String LAUNCHER = "dev.berth.launcher";

    private final Path target;
    private final Set<Path> written = new TreeSet<>();
    private final MessageDigest build = sha256();

    private Layout(Path target) {
        this.target = target;
    }

    /**
     * Lays out.
     *
     * @param args the folder with the fixed files, the folder to write
     */
    public static void main(String[] args) throws IOException {
        Layout layout = new Layout(Path.of(args[1]).toAbsolutePath());
        layout.write(Path.of(args[0]), System.getProperty("java.class.path"));
    }

    private void write(Path fixed, String classPath) throws IOException {
        bundles(ClassPathJars.bundles(classPath));
        libraries(Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(Path::of)
                .toList());
        fixedFiles(fixed);
        Path id = target.resolve("conf").resolve("build.id");
        String newId = HexFormat.of().formatHex(build.digest(), 0, 8) + "\n";
        if (!Files.exists(id) || !Files.readString(id).equals(newId)) {
            // Class archives fit one build only.
            delete(target.resolve("lib").resolve("cds"));
        }
        text("conf/build.id", newId);
        deleteStrangers();
    }

    private void bundles(Map<String, Path> jars) throws IOException {
        StringBuilder list = new StringBuilder(
                "# Written by the build: START-LEVEL JAR. Up to 50 for every command, up to 90 with a window.\n");
        for (BundleList.Entry entry : BundleList.read().entries()) {
            Path jar = jars.get(entry.name());
            if (jar == null || !Files.isRegularFile(jar)) {
                throw new IOException(
                        "no jar of " + entry.name() + " on the class path; is the module built? (" + jar + ")");
            }
            String place = entry.folder() + "/" + jar.getFileName();
            copy(jar, place);
            list.append(entry.level()).append(' ').append(place).append('\n');
        }
        text("conf/bundles.list", list.toString());
    }

    /** Copies the launcher and what its manifest names as class path. */
    private void libraries(List<Path> classPath) throws IOException {
        Path launcher = classPath.stream()
                .filter(path -> path.getFileName().toString().startsWith(LAUNCHER + "-"))
                .findFirst()
                .orElseThrow(() -> new IOException(LAUNCHER + " is not on the class path as a jar"));
        copy(launcher, "lib/berth.jar");
        List<Path> libraries = new ArrayList<>();
        for (String name :
                ClassPathJars.attribute(launcher, "Class-Path").orElse("").split(" ", -1)) {
            Path library = classPath.stream()
                    .filter(path -> path.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException(name + " is not on the class path"));
            copy(library, "lib/" + name);
            libraries.add(library);
        }
        text("conf/system.packages", String.join("\n", SystemPackages.of(libraries)) + "\n");
    }

    private void fixedFiles(Path fixed) throws IOException {
        try (Stream<Path> files = Files.walk(fixed)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                copy(file, fixed.relativize(file).toString().replace(File.separatorChar, '/'));
            }
        }
    }

    private void copy(Path from, String place) throws IOException {
        bytes(place, Files.readAllBytes(from));
    }

    private void text(String place, String text) throws IOException {
        bytes(place, text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String place, byte[] content) throws IOException {
        build.update(place.getBytes(StandardCharsets.UTF_8));
        build.update(content);
        Path to = target.resolve(place);
        written.add(to);
        if (!Files.isRegularFile(to)
                || Files.size(to) != content.length
                || !Arrays.equals(Files.readAllBytes(to), content)) {
            Files.createDirectories(to.getParent());
            Path part = to.resolveSibling(to.getFileName() + ".part");
            Files.write(part, content);
            if (place.startsWith("bin/")
                    && part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes what an earlier build has laid out and this one has not; not what running it has left ({@code data}, {@code lib/cds}). */
    private void deleteStrangers() throws IOException {
        for (String folder : List.of("bin", "bundles", "plugins", "themes", "conf", "lib")) {
            Path path = target.resolve(folder);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        if (!written.contains(file)) {
                            Files.delete(file);
                        }
                    }
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
