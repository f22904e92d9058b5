/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.Signal;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.docker.internal.http.RawStream;
import dev.berth.plugin.engine.docker.internal.stdio.BoundedPipe;
import dev.berth.plugin.engine.docker.internal.stdio.FrameReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command in a container, whose streams come over a connection of its own. */
final class DockerProcess implements ContainerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(DockerProcess.class);
    private static final int BUFFER = 64 << 10;
    private static final long FIRST_POLL_MILLISECONDS = 5;
    private static final long LONGEST_POLL_MILLISECONDS = 500;
    /** How long an engine may need to note the exit code after the streams have ended. */
    private static final long CODE_SECONDS = 20;

    private final Api api;
    private final String container;
    private final String exec;
    private final boolean terminal;
    private final RawStream stream;
    private final Pid pid = new Pid();
    private final BoundedPipe stdout = new BoundedPipe(2 * BUFFER);
    private final BoundedPipe stderr = new BoundedPipe(BUFFER);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile int code = -1;

    DockerProcess(Api api, String container, String exec, boolean terminal, RawStream stream) {
        this.api = api;
        this.container = container;
        this.exec = exec;
        this.terminal = terminal;
        this.stream = stream;
        Thread reader = new Thread(this::read, "berth-engine-docker-exec");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            if (terminal) {
                byte[] buffer = new byte[BUFFER];
                for (int n = stream.input().read(buffer);
                        n >= 0;
                        n = stream.input().read(buffer)) {
                    pass(stdout, pid.strip(buffer, 0, n));
                }
                pass(stdout, pid.end());
            } else {
                FrameReader.copy(stream.input(), (error, bytes, offset, length) -> {
                    if (error) {
                        pass(stderr, pid.strip(bytes, offset, length));
                    } else {
                        stdout.put(bytes, offset, length);
                    }
                });
                pass(stderr, pid.end());
            }
            stdout.end();
            stderr.end();
        } catch (IOException | InterruptedException e) {
            IOException failure = e instanceof IOException io ? io : new IOException("interrupted", e);
            if (closed) {
                stdout.end();
                stderr.end();
            } else {
                stdout.fail(failure);
                stderr.fail(failure);
            }
        } finally {
            pid.end();
            ended.countDown();
            stream.close();
        }
    }

    private static void pass(BoundedPipe to, byte[] bytes) throws InterruptedException {
        if (bytes.length > 0) {
            to.put(bytes, 0, bytes.length);
        }
    }

    @Override
    public OutputStream stdin() {
        return new OutputStream() {
            private boolean finished;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (finished || closed) {
                    throw new IOException("the command's input is closed");
                }
                stream.output().write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                if (!finished && !closed && ended.getCount() > 0) {
                    finished = true;
                    try {
                        stream.finish();
                    } catch (IOException e) {
                        // A command that has ended needs no end of its input.
                        if (ended.getCount() > 0 && !closed) {
                            LOG.debug("The end of a command's input was not passed on", e);
                        }
                    }
                }
            }
        };
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public int waitFor() throws EngineException, InterruptedException {
        long wait = FIRST_POLL_MILLISECONDS;
        long deadline = Long.MAX_VALUE;
        while (code < 0) {
            boolean silent = ended.await(wait, TimeUnit.MILLISECONDS);
            Json state = state();
            if (!state.get("Running").isTrue() && state.get("ExitCode").present()) {
                code = (int) state.get("ExitCode").number() & 0xff;
                break;
            }
            if (silent) {
                long now = System.nanoTime();
                deadline = deadline == Long.MAX_VALUE ? now + TimeUnit.SECONDS.toNanos(CODE_SECONDS) : deadline;
                if (now > deadline) {
                    throw new EngineException(
                            "engine.exec", "The connection to a command in " + container + " was lost.", null);
                }
                Thread.sleep(wait);
            }
            wait = Math.min(2 * wait, silent ? 50 : LONGEST_POLL_MILLISECONDS);
        }
        return code;
    }

    private Json state() throws EngineException, InterruptedException {
        return api.get("/exec/" + exec + "/json")
                .orFail("The engine lost sight of a command in " + container + ".")
                .json();
    }

    @Override
    public void resize(TerminalSize size) {
        if (terminal && ended.getCount() > 0) {
            quietly("resized", () -> api.post("/exec/" + exec + "/resize?h=" + size.rows() + "&w=" + size.columns()));
        }
    }

    @Override
    public void signal(Signal signal) {
        if (ended.getCount() == 0 || code >= 0) {
            return;
        }
        quietly("signalled", () -> {
            Optional<Long> id = pid.await();
            if (id.isPresent() && ended.getCount() > 0) {
                // As root: the command may have changed its user.
                ExecCalls.detached(api, container, "0", "/bin/sh", "-c", "kill -" + signal.number() + " " + id.get());
            }
        });
    }

    private interface Work {
        void run() throws EngineException, InterruptedException;
    }

    private void quietly(String what, Work work) {
        // Closing must kill also on a thread that was told to stop.
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
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
        if (closed) {
            return;
        }
        // A reader that nobody reads from any more must not hold up the end of the streams.
        stdout.close();
        stderr.close();
        signal(Signal.KILL);
        closed = true;
        stream.close();
    }
}
