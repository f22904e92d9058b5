/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real X server with an RFB side, on a unix socket in the test's own folder. */
final class XvncPeer implements AutoCloseable, Endpoint {

    private final Path socket;
    private final String display;
    private final List<Process> processes = new ArrayList<>();

    XvncPeer(Path folder, int width, int height) throws IOException {
        socket = folder.resolve("rfb.sock");
        Process server = new ProcessBuilder(
                        "Xvnc",
                        "-displayfd",
                        "1",
                        "-depth",
                        "24",
                        "-geometry",
                        width + "x" + height,
                        "-SecurityTypes",
                        "None",
                        "-rfbport",
                        "-1",
                        "-rfbunixpath",
                        socket.toString(),
                        "-AlwaysShared",
                        "-nolisten",
                        "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(server);
        StringBuilder number = new StringBuilder();
        InputStream out = server.getInputStream();
        for (int c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
            number.append((char) c);
        }
        if (number.isEmpty()) {
            throw new IOException("Xvnc does not start; install the package tigervnc-standalone-server");
        }
        display = ":" + number;
    }

    /** Starts a program on the display. */
    Process start(String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISPLAY", display);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Runs a program on the display and returns what it prints. */
    String run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISPLAY", display);
        Process process = builder.start();
        processes.add(process);
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public ByteChannel open(TaskContext context) throws DisplayException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new DisplayException("display.connect", "Nothing answers at " + socket + ".", e);
        }
    }

    @Override
    public String describe() {
        return socket.toString();
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
