/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.TerminalSize;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.process.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The terminal that Berth was started from, by way of {@code stty}: Java itself knows too little of terminals. */
final class Terminal implements AutoCloseable {

    private final String saved;

    private Terminal(String saved) {
        this.saved = saved;
    }

    /** Whether a file descriptor of this process is a terminal; where that cannot be told, whether there is a console. */
    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    /** Hands every key through as it is, until closed. */
    static Terminal raw() throws IOException, InterruptedException {
        String saved = stty("-g").strip();
        stty("raw -echo");
        return new Terminal(saved);
    }

    /** Its size; empty when it has none. */
    static Optional<TerminalSize> size() throws InterruptedException {
        try {
            String[] parts = stty("size").strip().split(" ");
            return Optional.of(new TerminalSize(Integer.parseInt(parts[1]), Integer.parseInt(parts[0])));
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String stty(String arguments) throws IOException, InterruptedException {
        HostCommand.Result result = HostCommand.of("/bin/sh", "-c", "exec stty " + arguments + " < /dev/tty")
                .run(TaskContext.silent());
        if (!result.ok()) {
            throw new IOException("stty: " + result.lastErrors());
        }
        return result.text();
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            stty(saved);
        } catch (IOException e) {
            // The terminal is gone; nothing to put right.
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
