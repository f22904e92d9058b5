/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at, and starts, what the build has laid out. */
class LayoutTest {

    private static final Path LAYOUT = Path.of("target", "berth").toAbsolutePath();

    @TempDir
    Path temp;

    @Test
    void everyBundleOfTheListIsThere() throws IOException {
        List<String> lines = Files.readAllLines(LAYOUT.resolve("conf/bundles.list")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(20);
        for (String line : lines) {
            assertThat(LAYOUT.resolve(line.split(" ", 2)[1])).isRegularFile();
        }
    }

    @Test
    void theLaunchersClassPathIsThere() throws IOException {
        try (JarFile jar = new JarFile(LAYOUT.resolve("lib/berth.jar").toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(classPath).contains("felix").contains("flatlaf").contains("slf4j");
            for (String name : classPath.split(" ", -1)) {
                assertThat(LAYOUT.resolve("lib").resolve(name)).isRegularFile();
            }
        }
    }

    @Test
    void bundlesSeeTheLibrariesOfTheClassPath() throws IOException {
        assertThat(Files.readString(LAYOUT.resolve("conf/system.packages")))
                .contains("org.slf4j;version=\"2.")
                .contains("com.formdev.flatlaf;version=\"3.")
                .contains("com.github.weisj.jsvg;version=\"2.")
                .doesNotContain("org.apache.felix")
                .doesNotContain("META-INF");
    }

    @Test
    void itTellsItsVersion() throws Exception {
        var outcome = run(Map.of(), LAYOUT.resolve("bin/berth"), "--version");
        assertThat(outcome.text()).startsWith("Berth 0.1.0").contains(System.getProperty("java.version"));
        assertThat(outcome.code()).isZero();
    }

    @Test
    void anUnknownCommandIsWrongUsage() throws Exception {
        assertThat(run(Map.of(), LAYOUT.resolve("bin/berth"), "no-such-command").code())
                .isEqualTo(2);
    }

    @Test
    void anOldJavaIsPassedOver() throws Exception {
        Path old = temp.resolve("java-11");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho the wrong one\nexit 99\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var outcome = run(Map.of("JAVA_HOME", old.toString()), LAYOUT.resolve("bin/berth"), "--home");
        assertThat(outcome).isEqualTo(new Outcome(2, "berth: --home needs a folder: berth --home DIR COMMAND\n"));
    }

    @Test
    void itRunsThroughALinkWithoutALocale() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("b"), LAYOUT.resolve("bin/berth"));
        assertThat(run(Map.of("LC_ALL", "C"), link, "--home").code()).isEqualTo(2);
    }

    @Test
    void theFolderMayHaveASpaceInItsName() throws Exception {
        Path copy = temp.resolve("a berth");
        for (String folder : List.of("bin", "conf", "lib")) {
            Files.createDirectories(copy.resolve(folder));
            try (var files = Files.list(LAYOUT.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(
                            file, copy.resolve(folder).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        assertThat(run(Map.of(), copy.resolve("bin/berth"), "--home").code()).isEqualTo(2);
    }

    /**
     * How a process ended.
     *
     * @param code its exit code
     * @param text what it wrote, on both streams
     */
    private record Outcome(int code, String text) {}

    private Outcome run(Map<String, String> environment, Path program, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().put("BERTH_HOME", temp.resolve("home").toString());
        builder.environment().put("BERTH_TRAIN", "never");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Outcome(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
