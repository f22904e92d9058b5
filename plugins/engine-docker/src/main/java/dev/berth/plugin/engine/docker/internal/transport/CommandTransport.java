/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The standard input and output of a command, such as {@code docker system dial-stdio}: one process a connection. That is
 * how remote hosts are reached over SSH, and WSL containers through their session's own client.
 */
public final class CommandTransport implements Transport {

    private static final int MOST_ERROR_BYTES = 4096;
    private static final long END_SECONDS = 3;

    private final List<String> command;
    private final Map<String, String> environment;
    private final String description;

    /** A command that is described by itself. */
    public CommandTransport(List<String> command) {
        this(command, Map.of(), "stdio: " + String.join(" ", command));
    }

    /** A command with additions to its environment. */
    public CommandTransport(List<String> command, Map<String, String> environment, String description) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.description = description;
    }

    /**
     * The Docker or Podman client of a host reached by the system's ssh, with the person's own keys and configuration.
     *
     * @param destination {@code host} or {@code user@host}
     * @param port 0 for the configured one
     * @param remote the command there
     * @param options further options of ssh
     */
    public static CommandTransport ssh(String destination, int port, List<String> remote, List<String> options) {
        List<String> command = new java.util.ArrayList<>(List.of("ssh"));
        command.addAll(options);
        // Nobody is there to answer a question; a dead connection must be noticed.
        command.addAll(List.of(
                "-T",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=10",
                "-o",
                "ServerAliveInterval=5",
                "-o",
                "ServerAliveCountMax=3"));
        if (port > 0) {
            command.addAll(List.of("-p", Integer.toString(port)));
        }
        command.addAll(List.of("--", destination));
        command.addAll(remote);
        String description = "ssh://" + destination + (port > 0 ? ":" + port : "");
        return new CommandTransport(command, Map.of(), description);
    }

    @Override
    public Duplex open() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Errors errors = new Errors(process.getErrorStream());
        InputStream input = new InputStream() {
            private final InputStream from = process.getInputStream();
            private boolean heard;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = from.read(buffer, offset, length);
                if (n < 0 && !heard) {
                    throw new IOException(silence(process, errors));
                }
                heard = true;
                return n;
            }
        };
        OutputStream output = new UnbufferedOutput(process.getOutputStream());
        return new PumpedDuplex("command", input, output, output::close, () -> end(process));
    }

    /** Why a command ended that never said anything: it has its reasons on its standard error. */
    private String silence(Process process, Errors errors) {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                return command.get(0) + " closed the connection";
            }
            String said = errors.text();
            return command.get(0) + " ended with status " + process.exitValue() + (said.isEmpty() ? "" : ": " + said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return command.get(0) + " ended";
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly);
    }

    @Override
    public String describe() {
        return description;
    }

    /** Each write reaches the process at once: a request is not half of a buffer. */
    private static final class UnbufferedOutput extends OutputStream {
        private final OutputStream to;

        private UnbufferedOutput(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            to.write(b);
            to.flush();
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            to.write(buffer, offset, length);
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }

    /** The end of what a command said on its standard error. */
    private static final class Errors {
        private final byte[] kept = new byte[MOST_ERROR_BYTES];
        private final Thread thread;
        private int count;

        private Errors(InputStream from) {
            thread = new Thread(() -> drain(from), "berth-engine-docker-command-errors");
            thread.setDaemon(true);
            thread.start();
        }

        private void drain(InputStream from) {
            byte[] buffer = new byte[MOST_ERROR_BYTES];
            try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    keep(buffer, n);
                }
            } catch (IOException e) {
                // The process ended.
            }
        }

        private synchronized void keep(byte[] buffer, int n) {
            int old = Math.min(count, kept.length - n);
            System.arraycopy(kept, count - old, kept, 0, old);
            System.arraycopy(buffer, 0, kept, old, n);
            count = old + n;
        }

        private String text() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(1));
            synchronized (this) {
                return new String(kept, 0, count, StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}+", " ")
                        .strip();
            }
        }
    }
}
