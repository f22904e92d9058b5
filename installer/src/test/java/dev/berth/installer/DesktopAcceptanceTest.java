/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on real input: an XFCE desktop from packages of a mirror, driven by the command line. The tests build on each
 * other. The home stays in {@code target/}, so that a second run on another Java begins with the image.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1200)
@Order(1)
class DesktopAcceptanceTest {

    private static final String SESSION = "first";

    @TempDir
    static Path folder;

    private static Berth berth;

    @BeforeAll
    static void home() throws IOException {
        Path home = Files.createDirectories(Path.of(Berth.DESKTOP_HOME));
        berth = new Berth(home, folder);
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        for (String name : new String[] {SESSION, "second", "third"}) {
            berth.run("session", "rm", "--force", name);
        }
        assertThat(berth.run("session", "ls", "--json").out())
                .doesNotContain("\"" + SESSION + "\"", "\"second\"", "\"third\"");
        assertThat(berth.strayMounts()).isEmpty();
    }

    private static int colours(BufferedImage image, int x, int y, int width, int height) {
        Set<Integer> all = new HashSet<>();
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                all.add(image.getRGB(column, row));
            }
        }
        return all.size();
    }

    @Test
    @Order(1)
    void upMakesTheImageAndADesktop() throws Exception {
        Path file = folder.resolve("first.png");
        Berth.Outcome up = berth.run("up", "debian-xfce", "--name", SESSION, "--json", "--screenshot", file.toString());
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(up.value("session")).isEqualTo(SESSION);
        assertThat(up.value("image")).startsWith("sha256:");
        assertThat(up.value("firstFrame")).isNotEmpty();

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(1280);
        assertThat(picture.getHeight()).isEqualTo(800);
        assertThat(colours(picture, 0, 0, 1280, 26)).as("the panel at the top").isGreaterThan(40);
        assertThat(colours(picture, 480, 745, 320, 50)).as("the panel below").isGreaterThan(200);
        assertThat(colours(picture, 300, 100, 700, 600)).as("the wallpaper").isGreaterThan(300);
        assertThat(colours(picture, 20, 40, 110, 90)).as("an icon").isGreaterThan(100);
    }

    @Test
    @Order(2)
    void aSecondUpBuildsAndDownloadsNothing() throws Exception {
        Berth.Outcome up = berth.run("up", "debian-xfce", "--name", "second", "--json");
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(up.out()).doesNotContain("\"build\"");
        assertThat(up.err()).doesNotContain("Downloading").doesNotContain("index");
        assertThat(folder.resolve("second.png")).isRegularFile();
        assertThat(berth.run("session", "ls", "--json").out())
                .contains("\"name\":\"" + SESSION + "\"", "\"name\":\"second\"", "\"state\":\"running\"");
    }

    @Test
    @Order(3)
    void aCommandsStreamsAndExitCodeAreItsOwn() throws Exception {
        assertThat(berth.run("session", "exec", SESSION, "--", "sh", "-c", "echo a; echo b >&2; exit 7"))
                .isEqualTo(new Berth.Outcome(7, "a\n", "b\n"));
        assertThat(berth.run("session", "exec", SESSION, "--", "id", "-un").out())
                .isEqualTo("root\n");
        assertThat(berth.run("session", "exec", SESSION, "--user", "desktop", "--", "sudo", "id", "-un")
                        .out())
                .isEqualTo("root\n");
        assertThat(berth.run("session", "exec", SESSION, "--user", "desktop", "--", "pactl", "info")
                        .out())
                .contains("Default Sink: berth");
    }

    @Test
    @Order(4)
    void theDesktopReachesTheNetworkOutside() throws Exception {
        assertThat(berth.run("session", "exec", SESSION, "--", "apt-get", "update")
                        .code())
                .isZero();
        String address = berth.run("session", "exec", "second", "--", "hostname", "-I")
                .out()
                .strip()
                .split(" ")[0];
        assertThat(address).isNotEmpty();
        Berth.Outcome ping = berth.run("session", "exec", SESSION, "--", "ping", "-c1", "-W5", address);
        assertThat(ping.code()).as("the other session answers").isZero();
    }

    @Test
    @Order(5)
    void whatIsTypedRunsInATerminal() throws Exception {
        berth.run("session", "key", SESSION, "ctrl+alt+t");
        assertThat(berth.run("session", "wait", SESSION, "--stable", "2s").code())
                .isZero();
        Path before = folder.resolve("before.png");
        berth.run("session", "screenshot", SESSION, "-o", before.toString());
        assertThat(berth.run("session", "type", SESSION, "--enter", "echo ÄÖ€-$((6*7)) | tee /tmp/typed")
                        .code())
                .isZero();
        assertThat(berth.run("session", "wait", SESSION, "--stable", "1s").code())
                .isZero();
        Path after = folder.resolve("after.png");
        berth.run("session", "screenshot", SESSION, "-o", after.toString());

        assertThat(berth.run("session", "exec", SESSION, "--", "cat", "/tmp/typed")
                        .out())
                .isEqualTo("ÄÖ€-42\n");
        BufferedImage old = ImageIO.read(before.toFile());
        BufferedImage now = ImageIO.read(after.toFile());
        int changed = 0;
        for (int y = 0; y < old.getHeight(); y++) {
            for (int x = 0; x < old.getWidth(); x++) {
                changed += old.getRGB(x, y) == now.getRGB(x, y) ? 0 : 1;
            }
        }
        assertThat(changed).as("pixels of the command and its output").isGreaterThan(500);
        assertThat(berth.run("session", "wait", SESSION, "--match", after.toString(), "--tolerance", "255")
                        .code())
                .isZero();
    }

    @Test
    @Order(6)
    void aClickReachesTheDesktop() throws Exception {
        // The right button on the wallpaper opens the desktop's menu.
        Path before = folder.resolve("unclicked.png");
        berth.run("session", "screenshot", "second", "-o", before.toString());
        assertThat(berth.run("session", "click", "second", "640", "300", "--button", "right")
                        .code())
                .isZero();
        assertThat(berth.run("session", "wait", "second", "--stable", "1s").code())
                .isZero();
        Path after = folder.resolve("clicked.png");
        berth.run("session", "screenshot", "second", "-o", after.toString());
        assertThat(Files.readAllBytes(after)).isNotEqualTo(Files.readAllBytes(before));
        assertThat(berth.run("session", "click", "second", "5000", "1").code()).isEqualTo(2);
    }

    @Test
    @Order(7)
    void theClipboardIsSetAndRead() throws Exception {
        assertThat(berth.run("session", "clip", SESSION, "über alles hinweg").code())
                .isZero();
        assertThat(berth.run("session", "clip", SESSION).out()).isEqualTo("über alles hinweg\n");
    }

    @Test
    @Order(8)
    void aSessionIsPausedStoppedAndStartedAgain() throws Exception {
        assertThat(berth.run("session", "pause", "second").code()).isZero();
        assertThat(berth.run("session", "ls", "--json").out()).contains("\"state\":\"paused\"");
        assertThat(berth.run("session", "resume", "second").code()).isZero();
        berth.run("session", "exec", "second", "--", "touch", "/root/kept");
        assertThat(berth.run("session", "stop", "second").code()).isZero();
        assertThat(berth.run("session", "ls", "--json").out()).contains("\"state\":\"stopped\"");
        assertThat(berth.run("session", "exec", "second", "--", "true").code()).isEqualTo(1);
        assertThat(berth.run("session", "start", "--again", "second").code()).isZero();
        assertThat(berth.run("session", "exec", "second", "--", "test", "-e", "/root/kept")
                        .code())
                .isZero();
    }

    @Test
    @Order(9)
    void aStartThatIsKilledLeavesNothingThatIsNotListed() throws Exception {
        long begin = System.nanoTime();
        assertThat(berth.run("session", "start", "debian-xfce", "--name", "third")
                        .code())
                .isZero();
        long whole = (System.nanoTime() - begin) / 1_000_000;
        berth.run("session", "rm", "--force", "third");
        // The first half of the time the JVM takes for itself.
        for (int percent : new int[] {50, 60, 70, 80, 88, 95}) {
            long delay = whole * percent / 100;
            Berth.Running start = berth.start("session", "start", "debian-xfce", "--name", "third");
            Thread.sleep(delay);
            start.kill();
            assertThat(berth.strayMounts()).as("after %s ms", delay).isEmpty();
            // The next start takes the name: it has to be free.
            berth.run("session", "rm", "--force", "third");
        }
        assertThat(berth.run("session", "ls", "--json").out()).doesNotContain("third");
    }

    @Test
    @Order(10)
    void aSessionIsKeptDoubledAndPutBack() throws Exception {
        berth.run("session", "exec", SESSION, "--", "sh", "-c", "echo old > /root/state");
        assertThat(berth.run("session", "snapshot", SESSION, "before").code()).isZero();
        berth.run("session", "exec", SESSION, "--", "sh", "-c", "echo new > /root/state");
        assertThat(berth.run("session", "clone", SESSION, "third").code()).isZero();
        assertThat(berth.run("session", "exec", "third", "--", "cat", "/root/state")
                        .out())
                .isEqualTo("new\n");
        assertThat(berth.run("session", "restore", SESSION, "before").code()).isZero();
        assertThat(berth.run("session", "exec", SESSION, "--", "cat", "/root/state")
                        .out())
                .isEqualTo("old\n");
        assertThat(berth.run("session", "snapshots", SESSION, "--json").out()).contains("\"tag\":\"before\"");
        berth.run("session", "rm", "--force", "third");
        assertThat(berth.run("image", "ls", "--json").out())
                .contains("snapshot/" + SESSION + ":before")
                .doesNotContain("snapshot/third");
    }

    @Test
    @Order(11)
    void wrongNamesAreErrorsInWords() throws Exception {
        Berth.Outcome unknown = berth.run("session", "exec", "nobody", "--json", "--", "true");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.value("code")).isEqualTo("session.unknown");
        Berth.Outcome recipe = berth.run("up", "nothing", "--json");
        assertThat(recipe.code()).isEqualTo(2);
        assertThat(recipe.value("code")).isEqualTo("recipe.unknown");
    }
}
