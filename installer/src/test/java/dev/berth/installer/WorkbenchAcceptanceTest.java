/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.screen.VirtualScreen;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The workbench with a real desktop in a tab: what is typed into the tab reaches the guest, and the session outlives the window. */
@Timeout(1200)
@Order(2)
@ResourceLock(Berth.DESKTOP_HOME)
class WorkbenchAcceptanceTest {

    private static final String SESSION = "window";

    @TempDir
    Path folder;

    @Test
    void whatIsTypedIntoTheTabReachesTheGuest() throws Exception {
        Berth berth = new Berth(Files.createDirectories(Path.of(Berth.DESKTOP_HOME)), folder);
        Path picture = Path.of("target", "workbench.png").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of("target", "berth", "conf", "jvm.options").toAbsolutePath(),
                        "-Dberth.install=" + Path.of("target", "berth").toAbsolutePath(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WorkbenchDriver.class.getName(),
                        picture.toString(),
                        "echo typed-$((6*7)) > ~/typed",
                        "--home",
                        berth.home().toString(),
                        "up",
                        "debian-xfce",
                        "--name",
                        SESSION)
                .redirectError(folder.resolve("driver.err").toFile());
        builder.environment().putAll(VirtualScreen.environment());
        Process driver = builder.start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8))) {
            awaitLine(said, "shown");
            awaitLine(said, "typed");
            assertThat(berth.run("session", "exec", SESSION, "--", "cat", "/home/berth/typed")
                            .out())
                    .isEqualTo("typed-42\n");
            driver.getOutputStream().write('\n');
            driver.getOutputStream().flush();
            said.lines().forEach(line -> {});
            assertThat(driver.waitFor()).as(errors()).isZero();
            assertThat(berth.run("session", "ls", "--json").out())
                    .contains("\"name\":\"" + SESSION + "\"", "\"state\":\"running\"");
            assertThat(picture).isNotEmptyFile();
        } finally {
            driver.destroyForcibly().waitFor();
            berth.run("session", "rm", "--force", SESSION);
        }
        assertThat(berth.mounts()).isEmpty();
    }

    private void awaitLine(BufferedReader from, String wanted) throws Exception {
        String line;
        do {
            line = from.readLine();
            assertThat(line).as("%s of %s", wanted, errors()).isNotNull();
        } while (!line.equals(wanted));
    }

    private String errors() throws Exception {
        return Files.readString(folder.resolve("driver.err"));
    }
}
