/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.process;

import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A program of the host that runs to its end while its output is collected.
 *
 * @param command argument by argument; no shell
 * @param environment added to this process' own
 * @param input fed to its standard input
 * @param limit after which it is killed
 */
public record HostCommand(List<String> command, Map<String, String> environment, byte[] input, Duration limit) {

    private static final int OUTPUT_LIMIT = 64 << 20;

    public HostCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        input = input.clone();
    }

    /** A command without input that may take a minute. */
    public static HostCommand of(String... command) {
        return new HostCommand(List.of(command), Map.of(), new byte[0], Duration.ofMinutes(1));
    }

    /** The same command with another limit. */
    public HostCommand within(Duration other) {
        return new HostCommand(command, environment, input, other);
    }

    /**
     * What a program left.
     *
     * @param status its exit code
     */
    public record Result(int status, byte[] output, byte[] errors) {

        /** Whether it succeeded. */
        public boolean ok() {
            return status == 0;
        }

        /** Its standard output as text. */
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** The last lines of its standard error, for a detail. */
        public String lastErrors() {
            String all = new String(errors, StandardCharsets.UTF_8).strip();
            List<String> lines = all.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        }
    }

    /**
     * Runs it.
     *
     * @throws IOException if it cannot be started, prints more than 64 MiB, or runs past its limit
     * @throws InterruptedException when cancelled; the program has been killed then
     */
    public Result run(TaskContext context) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Executor threads = task -> {
            Thread thread = new Thread(task, "berth-process-" + process.pid());
            thread.setDaemon(true);
            thread.start();
        };
        try (Registration ignored = context.onCancel(process::destroyForcibly)) {
            CompletableFuture<byte[]> output =
                    CompletableFuture.supplyAsync(() -> drain(process.getInputStream()), threads);
            CompletableFuture<byte[]> errors =
                    CompletableFuture.supplyAsync(() -> drain(process.getErrorStream()), threads);
            feed(process);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + limit.toSeconds() + " s");
            }
            Result result = new Result(process.exitValue(), output.get(), errors.get());
            context.checkCancelled();
            return result;
        } catch (ExecutionException e) {
            throw new IOException("cannot read the output of " + command.get(0), e.getCause());
        } finally {
            process.destroyForcibly();
        }
    }

    private void feed(Process process) throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            // A program may end without reading all it was given; its status tells.
            if (process.isAlive() && input.length == 0) {
                throw e;
            }
        }
    }

    private static byte[] drain(InputStream stream) {
        try (stream) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                all.write(buffer, 0, n);
                if (all.size() > OUTPUT_LIMIT) {
                    throw new IOException("more than 64 MiB of output");
                }
            }
            return all.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
