/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import dev.berth.api.error.EngineException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A command that runs in a container. Its three streams are separate unless it has a terminal. The caller must read both
 * outputs, or the command may stall. Closing kills it.
 */
@ConsumerType
public interface ContainerProcess extends AutoCloseable {

    /** Its standard input; closing it is end of file for the command. */
    OutputStream stdin();

    /** Its standard output, or the terminal's output. */
    InputStream stdout();

    /** Its standard error; empty with a terminal. */
    InputStream stderr();

    /**
     * Waits for the command to end.
     *
     * @return its exit code; 128 plus the signal's number when a signal ended it
     * @throws EngineException if the engine lost sight of it
     */
    @OnWorker
    int waitFor() throws EngineException, InterruptedException;

    /** Changes the size of its terminal; nothing happens without one. */
    @AnyThread
    void resize(TerminalSize size);

    /** Sends a signal, such as {@link Signal#TERM}; nothing happens when it has ended. */
    @AnyThread
    void signal(Signal signal);

    /** Kills the command if it still runs. Idempotent. */
    @Override
    void close();
}
