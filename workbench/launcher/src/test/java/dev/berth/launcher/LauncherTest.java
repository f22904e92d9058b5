/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real launcher and framework in processes of their own; only the application is a stand-in. */
class LauncherTest {

    @TempDir
    Path temp;

    private Path home;
    private TestInstall install;

    @BeforeEach
    void layOut() throws IOException {
        home = temp.resolve("home with a space");
        install = new TestInstall(temp.resolve("install with a space"), home);
    }

    @Test
    void runsTheApplicationOnTheMainThreadAndEndsWithItsCode() throws Exception {
        var outcome = install.run("a b", "\"ü\\\n", "--", "--home", "x");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.out())
                .contains("args [\"a b\",\"\\\"\\u00fc\\\\\\u000a\",\"--\",\"--home\",\"x\"]", "thread main")
                .last()
                .isEqualTo("stopped");
    }

    @Test
    void theSecondStartKeepsTheCacheOfTheFirst() throws Exception {
        install.run();
        Path ready;
        try (Stream<Path> files = Files.walk(home.resolve("cache"))) {
            ready = files.filter(file -> file.endsWith("berth.ready"))
                    .findFirst()
                    .orElseThrow();
        }
        FileTime first = Files.getLastModifiedTime(ready);
        assertThat(install.run().code()).isEqualTo(7);
        assertThat(Files.getLastModifiedTime(ready)).isEqualTo(first);
    }

    @Test
    void aCacheThatWasNotFinishedIsMadeAnew() throws Exception {
        install.run();
        try (Stream<Path> files = Files.walk(home.resolve("cache"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.endsWith("berth.ready")) {
                    Files.delete(file);
                } else if (file.endsWith("bundle.info")) {
                    Files.writeString(file, "torn");
                }
            }
        }
        assertThat(install.run().code()).isEqualTo(7);
    }

    @Test
    void aDamagedCacheIsMadeAnew() throws Exception {
        install.run();
        try (Stream<Path> files = Files.walk(home.resolve("cache"))) {
            for (Path file : files.filter(each -> each.endsWith("bundle.info")).toList()) {
                Files.writeString(file, "torn");
            }
        }
        assertThat(install.run().code()).isEqualTo(7);
    }

    @Test
    void twoProcessesShareAHome() throws Exception {
        Process first = install.start("first", "wait");
        try {
            awaitFile(home.resolve("waiting"), first);
            assertThat(install.run().code()).isEqualTo(7);
        } finally {
            first.destroy();
        }
        assertThat(install.end("first", first).code()).isEqualTo(130);
    }

    @Test
    void aSignalInterruptsTheApplicationAndStopsTheBundles() throws Exception {
        Process process = install.start("waiting", "wait");
        awaitFile(home.resolve("waiting"), process);
        process.destroy();
        var outcome = install.end("waiting", process);
        assertThat(outcome.code()).isEqualTo(130);
        assertThat(outcome.out()).endsWith("interrupted", "stopped");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void aBundleThatDoesNotResolveIsNamedWithWhatItNeeds() throws Exception {
        install.add(20, install.bundle("bundles/broken.jar", "broken", "1.0", "no.such;version=\"[1.2,2)\""));
        var outcome = install.run();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).doesNotContain("args []");
        assertThat(outcome.err())
                .isEqualTo(
                        "berth: Berth cannot start: the bundle broken does not; it needs the package no.such from version 1.2.0"
                                + " and below 2.0.0, which nothing here offers." + System.lineSeparator());
    }

    @Test
    void aPluginThatDoesNotResolveIsLeftOut() throws Exception {
        install.add(30, install.bundle("plugins/broken.jar", "broken", "1.0", "no.such"));
        var outcome = install.run();
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(outcome.err())
                .contains(
                        "warning: The plugin broken is left out: it needs the package no.such, which nothing here offers.");
    }

    @Test
    void bundlesOfTheWindowStartOnlyWithTheWindow() throws Exception {
        install.add(80, install.bundle("bundles/shell.jar", "shell", "1.0", ""));
        assertThat(install.run().out()).doesNotContain("bundle shell 1.0.0 32");
        assertThat(install.run("window").out()).contains("then shell 32");
        assertThat(install.run().out()).doesNotContain("bundle shell 1.0.0 32");
    }

    @Test
    void pluginsOfTheHomeComeChangeAndGo() throws Exception {
        Path jar = home.resolve("plugins/mine.jar");
        install.run();
        TestInstall.jar(jar, "mine", "1.0", "", false);
        assertThat(install.run().out()).contains("bundle mine 1.0.0 32");
        TestInstall.jar(jar, "mine", "2.0", "", false);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        assertThat(install.run().out()).contains("bundle mine 2.0.0 32");
        Files.writeString(home.resolve("plugins/text.jar"), "no jar");
        var outcome = install.run();
        assertThat(outcome.out()).contains("bundle mine 2.0.0 32");
        assertThat(outcome.err()).contains("text.jar is left out");
        Files.delete(jar);
        assertThat(install.run().out()).noneMatch(line -> line.startsWith("bundle mine"));
    }

    @Test
    void whoeverWritesNoHomeIsToldSo() throws Exception {
        var outcome = install.run("--home");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--home needs a folder");
    }

    @Test
    void anApplicationThatThrowsFailsInASentence() throws Exception {
        var outcome = install.run("fail");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("berth: the test asked for it").hasLineCount(1);
        assertThat(Files.readString(Logs.file(home))).contains("IllegalStateException");
    }

    @Test
    void anIncompleteInstallationIsNamed() throws Exception {
        Files.delete(temp.resolve("install with a space/conf/bundles.list"));
        var outcome = install.run();
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(List.of(outcome.err().split("\n"))).hasSize(1);
        assertThat(outcome.err()).contains("bundles.list cannot be read");
    }

    private static void awaitFile(Path file, Process process) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the process never made " + file);
            }
            Thread.sleep(20);
        }
    }
}
