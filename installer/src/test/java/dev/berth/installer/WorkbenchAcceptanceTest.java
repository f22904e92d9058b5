/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.screen.VirtualScreen;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The workbench with a real desktop in a tab, for two days: typing, copy and paste both ways, another size, a snapshot, a terminal and a theme
 * without the mouse; then a new window that finds the desktop where it was, stops it and starts it again.
 */
@Timeout(1200)
@Order(2)
class WorkbenchAcceptanceTest {

    private static final String SESSION = "window";

    @TempDir
    Path folder;

    @Test
    void aDesktopIsWorkedInAndFoundAgain() throws Exception {
        Berth berth = new Berth(Files.createDirectories(Path.of(Berth.DESKTOP_HOME)), folder);
        forgetSettings(berth);
        try {
            try (Window window = new Window(berth, "first", "up", "debian-xfce", "--name", SESSION)) {
                window.await("copied");
                assertThat(guestFile(berth, "/home/berth/typed")).isEqualTo("typed-42\n");
                assertThat(guestFile(berth, "/home/berth/pasted")).isEqualTo("Host \u00c4\u20ac\ud83d\udea2\n");
                String size = window.await("resized ");
                Path shot = folder.resolve("resized.png");
                assertThat(berth.run("session", "screenshot", SESSION, "-o", shot.toString())
                                .code())
                        .isZero();
                BufferedImage picture = ImageIO.read(shot.toFile());
                assertThat(picture.getWidth() + "x" + picture.getHeight()).isEqualTo(size);
                window.goOn();
                window.await("walked");
                assertThat(guestFile(berth, "/tmp/keys")).isEqualTo("keys\n");
                assertThat(berth.run("session", "snapshots", SESSION, "--json").out())
                        .contains("\"tag\":\"walk\"");
                window.goOn();
                window.end();
            }
            assertThat(berth.run("session", "ls", "--json").out()).contains("\"name\":\"" + SESSION + "\"");
            try (Window window = new Window(berth, "second")) {
                System.out.println("desktop shown again after " + window.await("joined ") + " ms");
                window.await("stopped");
                window.await("started");
                assertThat(berth.run("session", "exec", SESSION, "--", "cat", "/home/berth/typed")
                                .out())
                        .isEqualTo("typed-42\n");
                window.goOn();
                window.end();
            }
            assertThat(berth.run("session", "ls", "--json").out()).contains("\"name\":\"" + SESSION + "\"");
        } finally {
            berth.run("session", "rm", "--force", SESSION);
            berth.run("image", "rm", "snapshot/" + SESSION + ":walk");
        }
        assertThat(berth.strayMounts()).isEmpty();
    }

    /** The home outlives a run of the tests, and windows remember their size and theme. */
    private static void forgetSettings(Berth berth) throws IOException {
        Path settings = Files.createDirectories(berth.home().resolve("settings"));
        try (Stream<Path> pages = Files.list(settings)) {
            for (Path page : pages.toList()) {
                Files.delete(page);
            }
        }
    }

    /** A file that a terminal of the guest is about to write. */
    private static String guestFile(Berth berth, String file) throws IOException, InterruptedException {
        return berth.run(
                        "session",
                        "exec",
                        SESSION,
                        "--",
                        "sh",
                        "-c",
                        "for i in $(seq 100); do test -s $0 && break; sleep 0.2; done; cat $0",
                        file)
                .out();
    }

    /** The driver's process. */
    private final class Window implements AutoCloseable {
        private final Path errors;
        private final Process driver;
        private final BufferedReader said;

        Window(Berth berth, String day, String... arguments) throws Exception {
            errors = folder.resolve(day + ".err");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + Path.of("target", "berth", "conf", "jvm.options").toAbsolutePath(),
                    "-Dberth.install=" + Path.of("target", "berth").toAbsolutePath(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    WorkbenchDriver.class.getName(),
                    day,
                    Path.of("target", "workbench.png").toAbsolutePath().toString(),
                    "--home",
                    berth.home().toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(VirtualScreen.environment());
            driver = builder.start();
            said = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        }

        /** Waits for a line that begins so; answers the rest of it. */
        String await(String wanted) throws IOException {
            String line;
            do {
                line = said.readLine();
                assertThat(line)
                        .as("%s of %s", wanted, Files.readString(errors))
                        .isNotNull();
            } while (!line.startsWith(wanted));
            return line.substring(wanted.length());
        }

        void goOn() throws IOException {
            driver.getOutputStream().write('\n');
            driver.getOutputStream().flush();
        }

        void end() throws Exception {
            said.lines().forEach(line -> {});
            assertThat(driver.waitFor()).as(Files.readString(errors)).isZero();
        }

        @Override
        public void close() throws InterruptedException {
            driver.destroyForcibly().waitFor();
        }
    }
}
