/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionDirectory;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.terminal.internal.vt.Emulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shell in a session, and the threads that carry its bytes: one out, one in. Typing never waits for the shell. */
@AnyThread
final class TerminalConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TerminalConnection.class);
    private static final int CHUNK = 16_384;
    private static final int MOST_WAITING = 10_000;
    private static final byte[] END = new byte[0];

    /** A login shell of the user's own, else what every system has. */
    private static final String SHELL = "cd ~ 2>/dev/null; s=$(getent passwd \"$(id -un)\" 2>/dev/null | cut -d: -f7);"
            + " [ -x \"$s\" ] || s=$(command -v bash || echo /bin/sh); exec \"$s\" -l";

    private final BlockingQueue<byte[]> typed = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Emulator terminal;
    private final Runnable onEnd;
    private volatile @Nullable ContainerProcess process;
    private volatile boolean closed;

    TerminalConnection(int kept, Runnable onEnd) {
        terminal = new Emulator(80, 24, kept, this::type);
        this.onEnd = onEnd;
    }

    Emulator terminal() {
        return terminal;
    }

    /** Starts a shell, on a thread of its own. */
    void open(SessionDirectory sessions, String session) {
        Thread thread = new Thread(() -> run(sessions, session), "berth-terminal-" + session);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(SessionDirectory sessions, String session) {
        try {
            Map<String, String> environment = new HashMap<>(sessions.environment(session));
            String user = sessions.user(session);
            environment.put("TERM", "xterm-256color");
            environment.put("COLORTERM", "truecolor");
            environment.putIfAbsent("USER", user);
            environment.putIfAbsent("LOGNAME", user);
            TerminalSize size;
            synchronized (terminal) {
                size = new TerminalSize(terminal.columns(), terminal.rows());
            }
            ExecSpec spec = new ExecSpec(List.of("/bin/sh", "-c", SHELL), environment, user, "", Optional.of(size));
            try (ContainerProcess started = sessions.container(session).exec(spec, TaskContext.silent())) {
                process = started;
                resize();
                Thread writer = new Thread(() -> write(started.stdin()), "berth-terminal-input-" + session);
                writer.setDaemon(true);
                writer.start();
                if (!closed) {
                    read(started.stdout());
                    say("\r\n[exited with " + started.waitFor() + "]\r\n");
                }
            }
        } catch (BerthException e) {
            LOG.info("No terminal in {}: {}", session, e.summary());
            say("\r\n" + e.summary() + "\r\n" + e.remedy().text() + "\r\n");
        } catch (IOException e) {
            say("\r\n[" + e.getMessage() + "]\r\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process = null;
            put(END);
            onEnd.run();
        }
    }

    private void say(String text) {
        synchronized (terminal) {
            terminal.feed(text);
        }
    }

    private void read(InputStream output) throws IOException {
        byte[] bytes = new byte[CHUNK];
        for (int n = output.read(bytes); n >= 0; n = output.read(bytes)) {
            synchronized (terminal) {
                terminal.feed(bytes, n);
            }
        }
    }

    private void write(OutputStream to) {
        try {
            for (byte[] bytes = typed.take(); bytes.length > 0; bytes = typed.take()) {
                to.write(bytes);
                to.flush();
            }
        } catch (IOException e) {
            LOG.debug("The shell takes no more input", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(byte[] bytes) {
        if (!typed.offer(bytes)) {
            LOG.warn("The shell takes no input; what was typed is lost");
        }
    }

    /** Sends bytes to the shell. */
    void type(byte[] bytes) {
        if (bytes.length > 0 && !closed) {
            put(bytes);
        }
    }

    /** Tells the shell the size of the terminal. */
    void resize() {
        ContainerProcess running = process;
        if (running != null) {
            TerminalSize size;
            synchronized (terminal) {
                size = new TerminalSize(terminal.columns(), terminal.rows());
            }
            running.resize(size);
        }
    }

    @Override
    public void close() {
        closed = true;
        put(END);
        ContainerProcess running = process;
        if (running != null) {
            // Killing asks the engine, which may take a while.
            Thread thread = new Thread(running::close, "berth-terminal-close");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
