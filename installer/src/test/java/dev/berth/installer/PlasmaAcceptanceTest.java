/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** KDE Plasma from packages of a mirror, some 600 MB. The home stays in {@code target/}, so that a second run begins with the image. */
@Tag("long")
@Timeout(1800)
class PlasmaAcceptanceTest {

    private static final String SESSION = "plasma";

    @TempDir
    Path folder;

    private Berth berth;

    @BeforeEach
    void home() throws Exception {
        berth = new Berth(Files.createDirectories(Path.of("target", "plasma-home")), folder);
    }

    @AfterEach
    void removeSession() throws Exception {
        berth.run("session", "rm", "--force", SESSION);
        assertThat(berth.mounts()).isEmpty();
    }

    private static long colours(BufferedImage image, int x, int y, int width, int height) {
        return IntStream.range(0, width * height)
                .map(at -> image.getRGB(x + at % width, y + at / width))
                .distinct()
                .count();
    }

    @Test
    void upDrawsTheDesktop() throws Exception {
        Path file = folder.resolve("plasma.png");
        Berth.Outcome up =
                berth.run("up", "debian-plasma", "--name", SESSION, "--json", "--screenshot", file.toString());
        assertThat(up.code()).as(up.out() + up.err()).isZero();
        // On a busy machine the panel comes after the wallpaper.
        BufferedImage picture = ImageIO.read(file.toFile());
        for (int tries = 0; tries < 60 && colours(picture, 0, 760, 260, 40) < 50; tries++) {
            assertThat(berth.run("session", "wait", SESSION, "--stable", "2s").code())
                    .isZero();
            berth.run("session", "screenshot", SESSION, "-o", file.toString());
            picture = ImageIO.read(file.toFile());
        }
        assertThat(colours(picture, 0, 760, 260, 40)).as("icons in the panel").isGreaterThan(50);
        assertThat(colours(picture, 1050, 760, 200, 40)).as("the clock").isGreaterThan(20);
        assertThat(colours(picture, 300, 100, 700, 600)).as("the wallpaper").isGreaterThan(1000);

        Path archive = folder.resolve("desktop.tar");
        assertThat(berth.run("session", "export", SESSION, archive.toString()).code())
                .isZero();
        Process skopeo = new ProcessBuilder("skopeo", "inspect", "oci-archive:" + archive)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("skopeo.txt").toFile())
                .start();
        assertThat(skopeo.waitFor())
                .as(Files.readString(folder.resolve("skopeo.txt")))
                .isZero();
    }
}
