/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.command;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.wslc.internal.text.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of WSL: how it is called, with which environment. No shell is between.
 *
 * @param words the program and what always stands behind it
 * @param environment added to Berth's own
 * @param windows whether the host takes command lines apart as Windows does
 */
public record Program(List<String> words, Map<String, String> environment, boolean windows) {

    private static final int KEPT_BYTES = 16 << 20;
    private static final long DRAIN_MILLISECONDS = 2_000;

    public Program {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** What a call did; its outputs as they came, as far as they were kept. */
    public record Outcome(List<String> command, int exit, byte[] outBytes, byte[] errorBytes) {

        /** Whether it exited with 0. */
        public boolean ok() {
            return exit == 0;
        }

        /** Its standard output as a text. */
        public String out() {
            return Decoded.text(outBytes);
        }

        /** Its standard error as a text. */
        public String error() {
            return Decoded.text(errorBytes);
        }

        /** For the log: arguments, exit status, the last lines of what it said. */
        public String detail() {
            String said = (error().isBlank() ? out() : error()).strip();
            List<String> lines = said.lines().toList();
            String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
            return String.join(" ", command) + ": exit " + exit + (last.isEmpty() ? "" : "\n" + last);
        }
    }

    /** The whole command for some arguments, as it is shown. */
    public List<String> command(List<String> arguments) {
        List<String> all = new ArrayList<>(words);
        all.addAll(arguments);
        return all;
    }

    /** A process that is not started yet. */
    public ProcessBuilder builder(List<String> arguments) {
        List<String> all = command(arguments);
        ProcessBuilder builder = new ProcessBuilder(windows ? WindowsArguments.forProcessBuilder(all) : all);
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * Runs it to its end without input, whatever its exit status. When the thread is interrupted, the process is killed.
     *
     * @param limit after which it is killed
     */
    public Outcome run(Duration limit, List<String> arguments) throws EngineException, InterruptedException {
        List<String> command = command(arguments);
        if (windows && !WindowsArguments.fit(command)) {
            throw new EngineException(
                    "engine.command",
                    ErrorKind.INVALID,
                    "A command line for " + words.get(0) + " is longer than Windows allows.",
                    command.size() + " arguments",
                    Remedy.advice("Use fewer or shorter environment variables, labels and folders."),
                    null);
        }
        Process process;
        try {
            process = builder(arguments).start();
        } catch (IOException e) {
            throw new EngineException(
                    "engine.command",
                    ErrorKind.MISSING,
                    "The program " + words.get(0) + " cannot be run.",
                    String.valueOf(e.getMessage()),
                    Remedy.NONE,
                    e);
        }
        Drain out = new Drain(process.getInputStream());
        Drain error = new Drain(process.getErrorStream());
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.flush();
        } catch (IOException e) {
            // It ended already; the exit status says why.
        }
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException(
                        "engine.timeout",
                        ErrorKind.FAILED,
                        words.get(0) + " did not answer in " + limit.toSeconds() + " seconds.",
                        String.join(" ", command),
                        Remedy.NONE,
                        null);
            }
            return new Outcome(command, process.exitValue(), out.bytes(), error.bytes());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads a pipe to its end on a thread of its own and keeps its first part. */
    private static final class Drain extends Thread {
        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        private Drain(InputStream in) {
            super("berth-engine-wslc-drain");
            this.in = in;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    keep(buffer, n);
                }
            } catch (IOException e) {
                // The pipe was closed under us because the process was killed.
            }
        }

        private synchronized void keep(byte[] buffer, int n) {
            if (kept.size() < KEPT_BYTES) {
                kept.write(buffer, 0, n);
            }
        }

        private byte[] bytes() throws InterruptedException {
            // A grandchild may hold the pipe open for ever; what it says is not ours.
            join(DRAIN_MILLISECONDS);
            synchronized (this) {
                return kept.toByteArray();
            }
        }
    }
}
