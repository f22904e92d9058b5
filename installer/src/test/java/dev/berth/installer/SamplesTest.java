/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample plugins as their author would use them: built by Maven against the published contract, installed, used. */
@Tag("long")
@Timeout(900)
class SamplesTest {

    private static final Path SAMPLES =
            Path.of("..", "plugin-api", "samples").toAbsolutePath().normalize();
    private static final Path SDK = Path.of("target", "sdk").toAbsolutePath();

    @TempDir
    Path temp;

    @Test
    void theSamplesBuildInstallAndWork() throws Exception {
        Berth berth = new Berth(temp.resolve("home"), temp);
        for (String sample : List.of("tool-window", "rootfs-source", "display-protocol")) {
            Path jar = build(sample);
            Berth.Outcome install = berth.run("plugin", "install", "--yes", jar.toString());
            assertThat(install.code()).as(install.err()).isZero();
        }
        assertThat(berth.run("plugin", "ls").out())
                .containsPattern("org.example.meter +1.0.0 +running")
                .containsPattern("org.example.folder +1.0.0 +running")
                .containsPattern("org.example.ppm +1.0.0 +running");
        aPictureIsShown(berth);
    }

    @Test
    void theProjectsOfPluginNewBuildInstallAndContribute() throws Exception {
        Berth berth = new Berth(temp.resolve("home"), temp);
        for (String kind : List.of("tool-window", "command", "recipe", "theme")) {
            Path project = temp.resolve("my-" + kind);
            String name = "org.example.my" + kind.replace("-", "");
            Berth.Outcome made = berth.run(
                    "plugin", "new", project.toString(), "--kind", kind, "--name", name, "--title", "My " + kind);
            assertThat(made.code()).as(made.err()).isZero();
            verify(project, "-Dberth.sdk=" + SDK.toUri());
            Berth.Outcome install = berth.run(
                    "plugin",
                    "install",
                    "--yes",
                    project.resolve("target/" + name + "-1.0.0.jar").toString());
            assertThat(install.code()).as(install.err()).isZero();
            assertThat(berth.run("plugin", "ls").out()).containsPattern(name + " +1.0.0 +running");
        }
        assertThat(berth.run("recipe", "ls").out()).contains("myrecipe");
        Path recipe = temp.resolve("my-recipe/src/main/resources/org/example/myrecipe/myrecipe.json");
        assertThat(berth.run("recipe", "lint", recipe.toString()).code()).isZero();
        Berth.Outcome again =
                berth.run("plugin", "new", temp.resolve("my-theme").toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("has files in it already");
    }

    private Path build(String sample) throws IOException, InterruptedException {
        Path project = temp.resolve(sample);
        try (Stream<Path> files = Files.walk(SAMPLES.resolve(sample))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy =
                        project.resolve(SAMPLES.resolve(sample).relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        verify(project, "-Dberth.sdk=" + SDK.toUri());
        try (Stream<Path> built = Files.list(project.resolve("target"))) {
            return built.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void verify(Path project, String sdk) throws IOException, InterruptedException {
        String maven = Path.of("..", "mvnw").toAbsolutePath().normalize().toString();
        RuntimeImage.run(List.of(
                maven,
                "-B",
                "-q",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + repository(),
                sdk,
                "verify"));
    }

    /** This user's local repository without our own artifacts, of which a test must leave none there. */
    private Path repository() throws IOException {
        Path mine = temp.resolve("repository");
        Path shared = Path.of(System.getProperty("user.home"), ".m2", "repository");
        if (!Files.exists(mine) && Files.isDirectory(shared)) {
            Files.createDirectories(mine);
            List<Path> groups = new ArrayList<>();
            try (Stream<Path> all = Files.list(shared)) {
                all.filter(Files::isDirectory)
                        .filter(group -> !group.endsWith("dev"))
                        .forEach(groups::add);
            }
            for (Path group : groups) {
                Files.createSymbolicLink(mine.resolve(group.getFileName()), group);
            }
        }
        return mine;
    }

    private void aPictureIsShown(Berth berth) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread sender = new Thread(() -> send(server));
            sender.start();
            Path picture = temp.resolve("ppm.png");
            Berth.Outcome view =
                    berth.run("view", "ppm://127.0.0.1:" + server.getLocalPort(), "--screenshot", picture.toString());
            assertThat(view.code()).as(view.err()).isZero();
            BufferedImage image = ImageIO.read(picture.toFile());
            assertThat(image.getWidth()).isEqualTo(64);
            assertThat(image.getHeight()).isEqualTo(48);
            assertThat(image.getRGB(3, 5) & 0xffffff).isEqualTo(0x030507);
            server.close();
            sender.join();
        }
    }

    private static void send(ServerSocket server) {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            out.write("P6\n# a test card\n64 48\n255\n".getBytes(StandardCharsets.US_ASCII));
            for (int y = 0; y < 48; y++) {
                for (int x = 0; x < 64; x++) {
                    out.write(new byte[] {(byte) x, (byte) y, 7});
                }
            }
            out.flush();
            // Until the viewer has seen enough.
            client.getInputStream().read();
        } catch (IOException e) {
            // The viewer went away.
        }
    }
}
