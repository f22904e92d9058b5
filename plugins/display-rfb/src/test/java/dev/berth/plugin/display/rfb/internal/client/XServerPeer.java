/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.testkit.display.Picture;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** An X server with a VNC server in it or beside it, and the programs that draw on it. Ends all of them. */
final class XServerPeer implements AutoCloseable {

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private int display = -1;

    XServerPeer(Path folder) {
        this.folder = folder;
    }

    /** Xvnc on a display number that it chooses itself. */
    static XServerPeer xvnc(Path folder, String... more) throws IOException, InterruptedException {
        XServerPeer peer = new XServerPeer(folder);
        List<String> command = new ArrayList<>(List.of(
                "Xvnc", "-displayfd", "1", "-depth", "24", "-AlwaysShared", "-FrameRate", "60", "-nolisten", "tcp"));
        command.addAll(List.of(more));
        peer.serve(command);
        return peer;
    }

    /** Xvfb on a display number that it chooses itself. */
    static XServerPeer xvfb(Path folder, String size) throws IOException, InterruptedException {
        XServerPeer peer = new XServerPeer(folder);
        peer.serve(List.of("Xvfb", "-displayfd", "1", "-screen", "0", size + "x24", "-nolisten", "tcp"));
        return peer;
    }

    private void serve(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        processes.add(process);
        byte[] number = new byte[16];
        InputStream out = process.getInputStream();
        int length = 0;
        while (length < number.length) {
            int b = out.read();
            if (b < 0 || b == '\n') {
                break;
            }
            number[length++] = (byte) b;
        }
        String text = new String(number, 0, length, StandardCharsets.US_ASCII).strip();
        if (text.isEmpty()) {
            close();
            throw new IOException("the X server did not start: " + Files.readString(folder.resolve("server.log")));
        }
        display = Integer.parseInt(text);
    }

    String display() {
        return ":" + display;
    }

    /** Starts a program on the display; it lives as long as the peer. */
    Process start(String... command) throws IOException {
        Process process = builder(command).start();
        processes.add(process);
        return process;
    }

    /** Ends this one too in the end. */
    void adopt(Process process) {
        processes.add(process);
    }

    ProcessBuilder builder(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File("/dev/null"));
        builder.environment().put("DISPLAY", display());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    /** Runs a program on the display to its end and returns what it printed. */
    byte[] run(String... command) throws IOException, InterruptedException {
        Process process = builder(command)
                .redirectErrorStream(false)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectError(folder.resolve("command.log").toFile())
                .start();
        byte[] out = process.getInputStream().readAllBytes();
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    String.join(" ", command) + " failed: " + Files.readString(folder.resolve("command.log")));
        }
        return out;
    }

    /** What the X server itself says is on the screen. */
    Picture screenshot() throws IOException, InterruptedException {
        ByteBuffer dump = ByteBuffer.wrap(run("xwd", "-root", "-silent"));
        int header = dump.getInt(0);
        int width = dump.getInt(16);
        int height = dump.getInt(20);
        boolean msb = dump.getInt(28) == 1;
        int line = dump.getInt(48);
        int colours = dump.getInt(76);
        int start = header + 12 * colours;
        int[] rgb = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = dump.getInt(start + y * line + 4 * x);
                rgb[y * width + x] = (msb ? value : Integer.reverseBytes(value)) & 0xffffff;
            }
        }
        return new Picture(width, height, rgb);
    }

    /** A still picture with text, lines, flat and many colours. */
    void draw(int seed) throws IOException, InterruptedException {
        run("xsetroot", "-mod", "13", "9", "-fg", "#12" + (seed % 90 + 10) + "56", "-bg", "#fedcba");
        Path picture = folder.resolve("picture-" + seed + ".xwd");
        Files.write(picture, plasma(300, 200, seed));
        start("xwud", "-geometry", "300x200+20+20", "-in", picture.toString());
        start("xlogo", "-geometry", "160x120+340+10", "-fg", "blue");
        start("xterm", "-geometry", "50x12+100+240", "-e", "sh", "-c", "ls -l /usr/bin | head -40; sleep 1000");
        Thread.sleep(1500);
    }

    /** A window dump of soft colours with some noise, as a photograph has. */
    private static byte[] plasma(int width, int height, int seed) {
        Random random = new Random(seed);
        ByteBuffer dump = ByteBuffer.allocate(100 + 1 + width * height * 4);
        int[] header = {
            101, 7, 2, 24, width, height, 0, 0, 32, 0, 32, 32, width * 4, 4, 0xff0000, 0xff00, 0xff, 8, 256, 0, width,
            height, 0, 0, 0
        };
        for (int word : header) {
            dump.putInt(word);
        }
        dump.put((byte) 0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = random.nextInt(4);
                int red = (int) (128 + 120 * Math.sin((x + seed) / 40.0)) ^ noise;
                int green = (int) (128 + 120 * Math.sin(y / 30.0));
                int blue = (int) (128 + 120 * Math.sin((x + y) / 50.0));
                // Little endian, as the header says.
                dump.putInt(Integer.reverseBytes(red << 16 | green << 8 | blue));
            }
        }
        return dump.array();
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (Process process : processes) {
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return "X server " + display() + " in " + folder + " " + Arrays.toString(processes.toArray());
    }
}
