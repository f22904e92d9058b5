/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.testkit.display.Picture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A server on libvncserver, compiled from the C source beside the tests, which says what it is in its first lines. */
final class LibvncserverPeer implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Path folder;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final SocketEndpoint endpoint;
    private int dumps;

    /** Compiles the server into a folder. */
    static Path compile(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("peer.c");
        Path program = folder.resolve("peer");
        try (InputStream in = LibvncserverPeer.class.getResourceAsStream("/libvncserver-peer.c")) {
            Files.copy(in, source);
        }
        Path log = folder.resolve("gcc.log");
        Process gcc = new ProcessBuilder("gcc", "-O1", "-o", program.toString(), source.toString(), "-lvncserver")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (gcc.waitFor() != 0) {
            throw new IOException(Files.readString(log));
        }
        return program;
    }

    /**
     * Starts it.
     *
     * @param more bits, width, height, and perhaps a password
     */
    LibvncserverPeer(Path program, Path folder, String... more) throws Exception {
        this.folder = folder;
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(more));
        process = new ProcessBuilder(command)
                .redirectError(folder.resolve("peer.log").toFile())
                .start();
        Thread reader = new Thread(this::listen, "libvncserver-peer");
        reader.setDaemon(true);
        reader.start();
        int port = Integer.parseInt(await(line -> line.startsWith("port ")).substring(5));
        endpoint = new SocketEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false);
    }

    SocketEndpoint endpoint() {
        return endpoint;
    }

    private void listen() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException ended) {
            // With the process.
        }
    }

    /** Waits for a line that it says and takes it away. */
    String await(Predicate<String> wanted) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE;
        synchronized (lines) {
            while (System.nanoTime() < end) {
                for (String line : lines) {
                    if (wanted.test(line)) {
                        lines.remove(line);
                        return line;
                    }
                }
                lines.wait(250);
            }
            throw new TimeoutException("the server said only " + lines);
        }
    }

    /** Has it carry out a command. */
    void command(String line) throws Exception {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        await("done"::equals);
    }

    /** What the server itself has. */
    Picture screenshot() throws Exception {
        Path file = folder.resolve("screen-" + dumps++ + ".ppm");
        command("dump " + file);
        return Pixmaps.read(Files.readAllBytes(file)).orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
