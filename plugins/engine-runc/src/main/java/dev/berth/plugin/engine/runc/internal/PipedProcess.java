/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.EngineException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A command in a container with three pipes. */
final class PipedProcess implements ContainerProcess {

    private final Engine engine;
    private final Process runtime;
    private final ExecFiles files;

    PipedProcess(Engine engine, Process runtime, ExecFiles files) {
        this.engine = engine;
        this.runtime = runtime;
        this.files = files;
    }

    @Override
    public OutputStream stdin() {
        return runtime.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return runtime.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return runtime.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
        int code = runtime.waitFor();
        files.delete();
        return code;
    }

    @Override
    public void resize(TerminalSize size) {}

    @Override
    public void signal(Signal signal) {
        signal(engine, runtime, files, signal);
    }

    /** Signals a command; the runtime writes the pid file a moment after it was started. */
    static void signal(Engine engine, Process runtime, ExecFiles files, Signal signal) {
        // Closing must kill also on a thread that was told to stop.
        boolean interrupted = Thread.interrupted();
        try {
            for (int i = 0; runtime.isAlive() && files.pid().isEmpty() && i < 500; i++) {
                if (runtime.waitFor(4, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            OptionalLong pid = files.pid();
            if (runtime.isAlive() && pid.isPresent()) {
                engine.signals().send(pid.getAsLong(), signal);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (EngineException e) {
            Engine.LOG.debug("The signal {} was not sent", signal, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (runtime.isAlive()) {
            signal(Signal.KILL);
        }
        runtime.destroyForcibly();
        files.delete();
    }
}
