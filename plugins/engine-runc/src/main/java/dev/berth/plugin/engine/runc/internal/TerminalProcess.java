/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Pty;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A command in a container with a terminal. The runtime is given a terminal of the host, as if a person had typed the
 * command: it makes the one in the container, copies between both, and passes on changes of size. That works with every
 * runtime and keeps the exit code, which a console socket does not with runc.
 */
final class TerminalProcess implements ContainerProcess {

    private final Engine engine;
    private final Process runtime;
    private final Pty pty;
    private final ExecFiles files;
    private final InputStream output;
    private final OutputStream input;

    private TerminalProcess(Engine engine, Process runtime, Pty pty, ExecFiles files) {
        this.engine = engine;
        this.runtime = runtime;
        this.pty = pty;
        this.files = files;
        output = pty.output();
        input = pty.input();
    }

    static TerminalProcess start(Engine engine, List<String> command, TerminalSize size, ExecFiles files)
            throws IOException {
        Pty pty = Pty.open(size);
        try {
            // The first terminal that the leader of a new session opens becomes its controlling one.
            List<String> shell = new ArrayList<>(
                    List.of("setsid", "--wait", "sh", "-c", "exec \"$@\" <>\"$0\" >&0 2>&0", pty.slave()));
            shell.addAll(command);
            Process process = Commands.builder(shell)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new TerminalProcess(engine, process, pty, files);
        } catch (IOException e) {
            pty.close();
            throw e;
        }
    }

    @Override
    public OutputStream stdin() {
        return input;
    }

    @Override
    public InputStream stdout() {
        return output;
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        int code = runtime.waitFor();
        files.delete();
        return code;
    }

    @Override
    public void resize(TerminalSize size) {
        pty.resize(size);
        // crun does not pass the change on, so the terminal inside is told as well.
        files.pid().ifPresent(pid -> {
            try {
                Commands.run(
                        engine.elevation()
                                .command(List.of(
                                        "stty",
                                        "-F",
                                        "/proc/" + pid + "/fd/0",
                                        "rows",
                                        Integer.toString(size.rows()),
                                        "cols",
                                        Integer.toString(size.columns()))),
                        "",
                        Commands.TIMEOUT);
            } catch (EngineException e) {
                Engine.LOG.debug("A terminal was not resized", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void signal(Signal signal) {
        PipedProcess.signal(engine, runtime, files, signal);
    }

    @Override
    public void close() {
        if (runtime.isAlive()) {
            signal(Signal.KILL);
        }
        runtime.destroyForcibly();
        pty.close();
        files.delete();
    }
}
