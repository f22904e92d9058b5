/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A desktop whose first process is the guest's systemd. */
@Tag("long")
@Timeout(1200)
class SystemdAcceptanceTest {

    private static final String RECIPE = """
            {"schema":1,"id":"with-systemd","title":"Minimal, with systemd","extends":"debian-minimal",
             "base":{"packages":["systemd","systemd-sysv"]},"session":{"init":"systemd"}}
            """;

    @TempDir
    Path folder;

    /** Not a temporary folder of JUnit's: that warns of each link of the tree that points to a place outside. */
    private final Path home = Path.of("target", "systemd-home").toAbsolutePath();

    private Berth berth;

    @BeforeEach
    void home() throws Exception {
        removeHome();
        Files.createDirectories(home.resolve("recipes"));
        Files.writeString(home.resolve("recipes/with-systemd.json"), RECIPE);
        berth = new Berth(home, folder);
    }

    @AfterEach
    void removeAll() throws Exception {
        berth.run("session", "rm", "--force", "machine");
        removeHome();
    }

    private void removeHome() throws Exception {
        assertThat(new ProcessBuilder("rm", "-rf", "--one-file-system", home.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private Berth.Outcome inside(String... command) throws Exception {
        String[] all = new String[command.length + 4];
        System.arraycopy(new String[] {"session", "exec", "machine", "--"}, 0, all, 0, 4);
        System.arraycopy(command, 0, all, 4, command.length);
        return berth.run(all);
    }

    @Test
    void systemdComesUpAndRunsTheDesktop() throws Exception {
        Berth.Outcome start = berth.run("session", "start", "with-systemd", "--name", "machine", "--json");
        assertThat(start.code()).as(start.out() + start.err()).isZero();

        String state = inside("systemctl", "is-system-running", "--wait").out().strip();
        String failed =
                inside("systemctl", "--failed", "--plain", "--no-legend").out();
        assertThat(state).as("failed units: %s", failed).isIn("running", "degraded");
        assertThat(failed).as("failed units").isEmpty();
        assertThat(inside("systemctl", "is-active", "berth-session.service").out())
                .isEqualTo("active\n");
        assertThat(inside("cat", "/proc/1/comm").out()).isEqualTo("systemd\n");
        assertThat(inside("cat", "/etc/machine-id").out()).matches("[0-9a-f]{32}\n");
        assertThat(inside("journalctl", "--no-pager", "-b", "-u", "berth-session")
                        .out())
                .contains("Desktop of a Berth session");
        assertThat(berth.run("session", "logs", "machine").out()).contains("berth: the desktop is up");
        assertThat(berth.run("session", "wait", "machine", "--stable", "2s").code())
                .isZero();
        Path file = folder.resolve("machine.png");
        assertThat(berth.run("session", "screenshot", "machine", "-o", file.toString())
                        .code())
                .isZero();
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getRGB(picture.getWidth() - 5, picture.getHeight() - 5) & 0xffffff)
                .as("the background that the desktop sets")
                .isEqualTo(0x1f4a6d);

        assertThat(berth.run("session", "stop", "machine").code()).isZero();
        assertThat(berth.run("session", "start", "--again", "machine").code()).isZero();
        assertThat(inside("systemctl", "is-system-running", "--wait").out().strip())
                .isIn("running", "degraded");
        assertThat(berth.run("session", "rm", "--force", "machine").code()).isZero();
        assertThat(berth.mounts()).isEmpty();
    }
}
