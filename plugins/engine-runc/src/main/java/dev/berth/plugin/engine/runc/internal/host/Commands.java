/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs of the host: argument lists only, both outputs drained, a timeout, the exit status looked at. */
public final class Commands {

    /** Long enough for any set-up command on a loaded machine. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int KEPT_BYTES = 1 << 20;
    private static final List<String> SYSTEM_FOLDERS =
            List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin");

    private Commands() {}

    /** What a program did. */
    public record Result(List<String> command, int exit, String out, String error) {

        /** Whether it exited with 0. */
        public boolean ok() {
            return exit == 0;
        }

        /** For the log: arguments, exit status, the last lines of standard error. */
        public String detail() {
            return String.join(" ", command) + ": exit " + exit + (error.isBlank() ? "" : "\n" + lastLines(error));
        }
    }

    /** The absolute path of a program, looked for in {@code PATH} and where system tools lie. */
    public static Optional<Path> find(String name) {
        List<String> folders = new ArrayList<>(SYSTEM_FOLDERS);
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(File.pathSeparator)));
        }
        for (String folder : folders) {
            Path program = Path.of(folder, name);
            if (folder.startsWith("/") && Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /** Runs a program to its end, whatever its exit status. */
    public static Result run(List<String> command, String input, Duration timeout)
            throws EngineException, InterruptedException {
        Process process;
        try {
            process = builder(command).start();
        } catch (IOException e) {
            throw new EngineException("engine.command", "The program " + command.get(0) + " cannot be run.", e);
        }
        Drain out = new Drain(process.getInputStream());
        Drain error = new Drain(process.getErrorStream());
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading its input; the exit status says why.
        }
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException(
                        "engine.timeout",
                        ErrorKind.FAILED,
                        "The program " + command.get(0) + " did not end in " + timeout.toSeconds() + " seconds.",
                        String.join(" ", command),
                        Remedy.NONE,
                        null);
            }
            return new Result(command, process.exitValue(), out.text(), error.text());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a program that must succeed. */
    public static Result check(String summary, List<String> command) throws EngineException, InterruptedException {
        Result result = run(command, "", TIMEOUT);
        if (!result.ok()) {
            throw failure("engine.command", summary, result.detail());
        }
        return result;
    }

    /** A process builder with a neutral environment. */
    public static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().merge("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", (old, more) -> old + ":" + more);
        // A notify socket of a service manager is not for the containers (crun would pass it on).
        builder.environment().remove("NOTIFY_SOCKET");
        builder.environment().remove("LISTEN_FDS");
        builder.environment().remove("LISTEN_PID");
        return builder;
    }

    /** An error with a detail for the log. */
    public static EngineException failure(String code, String summary, String detail) {
        return new EngineException(code, ErrorKind.FAILED, summary, detail, Remedy.NONE, null);
    }

    /** The last lines of an output, for an error's detail. */
    public static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }

    /** Reads a pipe to its end on a thread of its own and keeps its first part. */
    private static final class Drain extends Thread {
        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Drain(InputStream in) {
            super("berth-engine-drain");
            this.in = in;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (kept.size() < KEPT_BYTES) {
                        kept.write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                // The pipe was closed under us because the process was killed.
            }
        }

        String text() throws InterruptedException {
            // A grandchild may hold the pipe open for ever; what it says is not ours.
            join(1000);
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
