/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import dev.berth.launcher.app.TestApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A made-up installation, whose Berth runs in a process of its own. */
final class TestInstall {

    private static final long PATIENCE_SECONDS = 60;

    /** The options that every installation starts with; without them a newer JVM warns about libraries of ours. */
    private static final Path OPTIONS = Path.of("../../installer/src/main/layout/conf/jvm.options");

    /**
     * How a process ended.
     *
     * @param code its exit code
     * @param out what it wrote
     * @param err what it complained about
     */
    record Outcome(int code, List<String> out, String err) {}

    private final Path folder;
    private final Path home;

    TestInstall(Path folder, Path home) throws IOException {
        this.folder = folder;
        this.home = home;
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("bundles"));
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("conf/build.id"), "test\n");
        Files.writeString(folder.resolve("conf/bundles.list"), "# the list\n");
        Files.writeString(folder.resolve("conf/system.packages"), "org.slf4j;version=\"2.0.20\"\n");
        add(50, jar(folder.resolve("bundles/app.jar"), "app", "1.0", "org.osgi.framework", true));
    }

    /** Adds a line to the list of bundles. */
    void add(int level, Path jar) throws IOException {
        Files.writeString(
                folder.resolve("conf/bundles.list"),
                level + " " + folder.relativize(jar) + "\n",
                StandardOpenOption.APPEND);
    }

    /** Writes a bundle without classes, next to the given ones. */
    Path bundle(String place, String name, String version, String imports) throws IOException {
        return jar(folder.resolve(place), name, version, imports, false);
    }

    static Path jar(Path file, String name, String version, String imports, boolean application) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        if (!imports.isEmpty()) {
            main.putValue("Import-Package", imports);
        }
        if (application) {
            main.putValue("Bundle-Activator", TestApplication.class.getName());
        }
        Files.createDirectories(file.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            if (application) {
                String entry = TestApplication.class.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream in = TestApplication.class.getClassLoader().getResourceAsStream(entry)) {
                    if (in == null) {
                        throw new IOException(entry);
                    }
                    in.transferTo(out);
                }
            }
        }
        return file;
    }

    /** Starts Berth; both of its streams go to {@code out} and {@code err} beside the installation. */
    Process start(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + OPTIONS.toAbsolutePath().normalize(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dberth.install=" + folder,
                "-classpath",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(
                        Files.writeString(folder.resolve("empty"), "").toFile()))
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
    }

    Outcome end(String name, Process process) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(name + " is still running");
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readAllLines(folder.resolve(name + ".out")),
                    Files.readString(folder.resolve(name + ".err")));
        } finally {
            process.destroyForcibly();
        }
    }

    Outcome run(String... args) throws IOException, InterruptedException {
        return end("run", start("run", args));
    }
}
