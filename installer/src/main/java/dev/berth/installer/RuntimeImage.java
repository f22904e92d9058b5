/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Java runtime with the modules that Berth uses, and no more, made by {@code jlink}. */
final class RuntimeImage {

    /**
     * What {@code jdeps} finds in the distribution, and what it cannot see: the service modules for HTTPS (jdk.crypto.ec), signed jars and zip file
     * systems (jdk.zipfs), keyboard layouts and texts of other languages stay out (jdk.localedata: 8 MB for dates that Berth does not show).
     * Plugins of others may use all of these, and find out from {@code berth plugin install} when they need more.
     */
    static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.desktop",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.scripting",
            "java.sql",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private RuntimeImage() {}

    /** Whether {@code jdk} can make runtimes: it has modules to link, or (from Java 24 on) can take its own apart. */
    static boolean canLink(Path jdk) throws IOException, InterruptedException {
        if (!Files.isExecutable(jdk.resolve("bin/jlink"))) {
            return false;
        }
        return Files.isDirectory(jdk.resolve("jmods"))
                || run(List.of(jdk.resolve("bin/jlink").toString(), "--help"))
                        .contains("Linking from run-time image enabled");
    }

    /**
     * Makes the runtime in {@code target}, over what is there.
     *
     * @param jdk whose {@code jlink} runs
     * @param jmods the modules of another platform, of the same Java version; {@code null}: the JDK's own
     */
    static void link(Path jdk, @Nullable Path jmods, Path target) throws IOException, InterruptedException {
        delete(target);
        Files.createDirectories(target.toAbsolutePath().getParent());
        boolean java17 = Files.readString(jdk.resolve("release")).contains("JAVA_VERSION=\"17");
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                // Java 21 has renamed the values.
                java17 ? "--compress=2" : "--compress=zip-6",
                "--output",
                target.toString()));
        if (jmods != null) {
            command.add("--module-path");
            command.add(jmods.toString());
        }
        run(command);
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        return run(Path.of("."), command);
    }

    /** Runs a program in a folder; returns what it writes. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + text.strip());
        }
        return text;
    }

    static void delete(Path tree) throws IOException {
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
}
