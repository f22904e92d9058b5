/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.testkit.display.Picture;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * sway without a screen of its own, which shows a picture, and wayvnc beside it. sway refuses to run as root, so everything runs as
 * nobody then.
 */
final class WaylandPeer implements AutoCloseable {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path folder;
    private final Path run;
    private final List<Process> processes = new ArrayList<>();
    private int files;

    /** Starts sway with a size, in a folder that becomes readable for all. */
    WaylandPeer(Path folder, String size) throws Exception {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        run = Files.createDirectory(folder.resolve("run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        give(run);
        ImageIO.write(picture(), "png", folder.resolve("picture.png").toFile());
        Path config = Files.writeString(folder.resolve("sway"), """
                xwayland disable
                default_border none
                output * mode --custom %s@60Hz
                output * bg %s stretch
                seat * hide_cursor 1
                """.formatted(size, folder.resolve("picture.png")));
        try {
            spawn("sway", "-c", config.toString());
            await(run.resolve("wayland-1"));
            awaitPicture();
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    private static void give(Path path) throws IOException {
        if (ROOT) {
            UserPrincipal nobody =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(path, nobody);
        }
    }

    /** Soft colours with sharp edges. */
    private static BufferedImage picture() {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 240; y++) {
            for (int x = 0; x < 320; x++) {
                int red = (int) (128 + 120 * Math.sin(x / 40.0));
                int green = x / 32 % 2 == 0 ? y : 200;
                int blue = (int) (128 + 120 * Math.sin((x + y) / 50.0));
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    /** Starts wayvnc on a unix socket, with lines of configuration. */
    Path wayvnc(String name, String... configuration) throws Exception {
        Path config = Files.write(folder.resolve(name), List.of(configuration));
        Path socket = run.resolve(name);
        spawn("wayvnc", "-C", config.toString(), "-u", socket.toString());
        await(socket);
        return socket;
    }

    /** Whether the wayvnc started last ends, or has ended, by itself. */
    boolean lastHasDied() throws InterruptedException {
        return processes.get(processes.size() - 1).waitFor(5, TimeUnit.SECONDS);
    }

    /** Lets wayvnc read a file of the test, such as a key. */
    Path share(Path file) throws IOException {
        Path copy = Files.copy(file, run.resolve(file.getFileName().toString()));
        give(copy);
        return copy;
    }

    private void await(Path socket) throws Exception {
        for (int i = 0; i < 400 && !Files.exists(socket); i++) {
            Thread.sleep(50);
        }
        if (!Files.exists(socket)) {
            throw new IOException("no " + socket + ": " + Files.readString(folder.resolve("log")));
        }
    }

    private void awaitPicture() throws Exception {
        for (int i = 0; i < 200; i++) {
            if (Arrays.stream(screenshot().rgb()).distinct().limit(100).count() >= 100) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException("sway shows no picture: " + Files.readString(folder.resolve("log")));
    }

    private ProcessBuilder builder(String... command) throws IOException {
        List<String> line = new ArrayList<>();
        if (ROOT) {
            line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        File log = folder.resolve("log").toFile();
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().remove("DISPLAY");
        builder.environment().put("XDG_RUNTIME_DIR", run.toString());
        builder.environment().put("WLR_BACKENDS", "headless");
        builder.environment().put("WLR_LIBINPUT_NO_DEVICES", "1");
        builder.environment().put("WLR_RENDERER", "pixman");
        if (!command[0].equals("sway")) {
            builder.environment().put("WAYLAND_DISPLAY", "wayland-1");
        } else {
            builder.environment().remove("WAYLAND_DISPLAY");
        }
        return builder;
    }

    private void spawn(String... command) throws IOException {
        processes.add(builder(command).start());
    }

    /** Starts a program of the desktop and returns what it prints. */
    byte[] run(String... command) throws Exception {
        Process process =
                builder(command).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
        byte[] out = process.getInputStream().readAllBytes();
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + Files.readString(folder.resolve("log")));
        }
        return out;
    }

    /** Puts text on the desktop's clipboard; whoever holds it there ends with this. */
    void copy(Path text) throws Exception {
        Process process =
                builder("wl-copy", "--foreground").redirectInput(text.toFile()).start();
        processes.add(process);
    }

    /** What sway itself says is on the screen. */
    Picture screenshot() throws Exception {
        Path file = run.resolve("screen-" + files++ + ".ppm");
        run("grim", "-t", "ppm", file.toString());
        return Pixmaps.read(Files.readAllBytes(file)).orElseThrow();
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            List<ProcessHandle> below = process.descendants().toList();
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            below.forEach(ProcessHandle::destroy);
        }
    }
}
