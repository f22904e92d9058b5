/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command in a container: a {@code wslc exec} of ours, whose pipes are the command's. */
final class WslcProcess implements ContainerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(WslcProcess.class);

    private final Wslc wslc;
    private final String container;
    private final Process process;
    private final FirstLine first;
    private final boolean terminal;
    private final AtomicBoolean closed = new AtomicBoolean();

    private WslcProcess(Wslc wslc, String container, Process process, FirstLine first, boolean terminal) {
        this.wslc = wslc;
        this.container = container;
        this.process = process;
        this.first = first;
        this.terminal = terminal;
    }

    /** Starts a command; returns when it runs. */
    static ContainerProcess start(Wslc wslc, String container, ExecSpec spec, TaskContext context)
            throws EngineException, InterruptedException {
        boolean terminal = spec.terminal().isPresent();
        TerminalSize size = spec.terminal().orElse(new TerminalSize(80, 24));
        List<String> arguments = new ArrayList<>(List.of("exec", "--interactive"));
        if (terminal) {
            arguments.add("--tty");
        }
        new TreeMap<>(spec.environment())
                .forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
        if (!spec.user().isEmpty()) {
            arguments.addAll(List.of("--user", spec.user()));
        }
        if (!spec.workingFolder().isEmpty()) {
            arguments.addAll(List.of("--workdir", spec.workingFolder()));
        }
        arguments.add(container);
        arguments.addAll(FirstLine.wrap(spec.command(), terminal, size.columns(), size.rows()));
        String what = "The command " + spec.command().get(0) + " cannot be run in " + container + ".";
        Process process;
        try {
            process = wslc.builder(arguments).start();
        } catch (IOException e) {
            throw new EngineException("engine.exec", what, e);
        }
        boolean started = false;
        try (Registration cancelling = context.onCancel(process::destroyForcibly)) {
            FirstLine first = FirstLine.read(terminal ? process.getInputStream() : process.getErrorStream());
            started = true;
            return new WslcProcess(wslc, container, process, first, terminal);
        } catch (FirstLine.Missing e) {
            context.checkCancelled();
            throw Failures.of(
                    "engine.exec",
                    what,
                    new Program.Outcome(
                            wslc.shown(arguments),
                            process.waitFor(),
                            e.said(),
                            terminal ? rest(process) : new byte[0]));
        } catch (IOException e) {
            context.checkCancelled();
            throw new EngineException(
                    "engine.exec", ErrorKind.FAILED, what, String.valueOf(e.getMessage()), Remedy.NONE, e);
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
    }

    private static byte[] rest(Process process) {
        try {
            return process.getErrorStream().readNBytes(16_384);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return terminal ? InputStream.nullInputStream() : process.getErrorStream();
    }

    @Override
    public int waitFor() throws EngineException, InterruptedException {
        return process.waitFor() & 0xff;
    }

    @Override
    public void resize(TerminalSize size) {
        if (terminal && !first.terminal().isEmpty() && process.isAlive()) {
            inside("resized", "stty -F " + first.terminal() + " rows " + size.rows() + " cols " + size.columns());
        }
    }

    @Override
    public void signal(Signal signal) {
        if (process.isAlive()) {
            inside("signalled", "kill -" + signal.number() + " " + first.pid());
        }
    }

    /** As root: the command may have changed its user. */
    private void inside(String what, String script) {
        // Closing must kill also on a thread that was told to stop.
        boolean interrupted = Thread.interrupted();
        try {
            Program.Outcome outcome = wslc.run("exec", "--user", "0", container, "/bin/sh", "-c", script);
            if (!outcome.ok()) {
                LOG.debug("A command was not {}: {}", what, outcome.detail());
            }
        } catch (EngineException e) {
            LOG.debug("A command in {} was not {}", container, what, e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        signal(Signal.KILL);
        process.destroyForcibly();
        for (AutoCloseable stream :
                List.of(process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
            try {
                stream.close();
            } catch (Exception e) {
                LOG.trace("A pipe was closed already", e);
            }
        }
    }
}
