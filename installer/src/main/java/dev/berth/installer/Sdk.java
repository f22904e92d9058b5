/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import dev.berth.runtime.ClassPathJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Lays out a Maven repository with what the author of a plugin builds against: the contract and the contract suites, with POMs of
 * their own that need no parent.
 */
public final class Sdk {

    private static final String GROUP = "dev.berth";

    /** What an artifact needs when it is compiled against, as POM text. */
    private record Artifact(String name, Path jar, String dependencies) {}

    private Sdk() {}

    /**
     * Lays out.
     *
     * @param args the folder to write, the version, the jar of the testkit, and the versions of JUnit, AssertJ and JNA
     *     that it uses, and those of the annotations of OSGi and JSpecify
     */
    public static void main(String[] args) throws IOException {
        Path repository = Path.of(args[0]);
        String version = args[1];
        Map<String, Path> jars = ClassPathJars.bundles(System.getProperty("java.class.path"));
        String annotations = dependency("org.osgi", "osgi.annotation", args[6], "compile")
                + dependency("org.jspecify", "jspecify", args[7], "compile");
        String api = dependency(GROUP, "dev.berth.api", version, "compile");
        for (Artifact artifact : List.of(
                new Artifact("dev.berth.api", jar(jars, "dev.berth.api"), annotations),
                new Artifact("dev.berth.api.ui", jar(jars, "dev.berth.api.ui"), annotations + api),
                new Artifact(
                        "dev.berth.testkit",
                        Path.of(args[2]),
                        api
                                + dependency("org.junit.jupiter", "junit-jupiter", args[3], "compile")
                                + dependency("org.assertj", "assertj-core", args[4], "compile")
                                + dependency("net.java.dev.jna", "jna", args[5], "compile")))) {
            write(repository, version, artifact);
        }
    }

    private static Path jar(Map<String, Path> jars, String name) throws IOException {
        Path jar = jars.get(name);
        if (jar == null || !Files.isRegularFile(jar)) {
            throw new IOException("no jar of " + name + " on the class path; is the module built? (" + jar + ")");
        }
        return jar;
    }

    private static String dependency(String group, String artifact, String version, String scope) {
        return "    <dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>"
                + version + "</version><scope>" + scope + "</scope></dependency>\n";
    }

    private static void write(Path repository, String version, Artifact artifact) throws IOException {
        Path folder = repository
                .resolve(GROUP.replace('.', '/'))
                .resolve(artifact.name())
                .resolve(version);
        Files.createDirectories(folder);
        String file = artifact.name() + "-" + version;
        Files.copy(artifact.jar(), folder.resolve(file + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                folder.resolve(file + ".pom"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(GROUP, artifact.name(), version, artifact.dependencies()));
    }
}
