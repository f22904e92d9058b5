/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.ptr.PointerByReference;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads from which the library is called. Each is in COM's multithreaded apartment from its start to its end; the
 * thread of the window is in another one and must never call.
 */
final class ComThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ComThreads.class);
    private static final int MULTITHREADED = 0;
    private static final int MOST_THREADS = 8;
    private static final int MOST_WAITING = 64;

    private final WslcLibrary library;
    private final ThreadPoolExecutor executor;

    ComThreads(WslcLibrary library) {
        this.library = library;
        executor = new ThreadPoolExecutor(
                MOST_THREADS,
                MOST_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                this::thread);
        executor.allowCoreThreadTimeOut(true);
        // The apartment must outlast its last thread: objects are kept longer.
        executor.execute(() -> {
            int kept = library.ole().CoIncrementMTAUsage(new PointerByReference());
            if (kept < 0) {
                LOG.warn("COM's apartment is not kept: {}", HResult.of(kept));
            }
        });
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    int entered = library.ole().CoInitializeEx(null, MULTITHREADED);
                    try {
                        work.run();
                    } finally {
                        if (entered >= 0) {
                            library.ole().CoUninitialize();
                        }
                    }
                },
                "berth-wslc-com");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes a call and waits for it. The library cannot be interrupted: when the caller is, the call goes on alone.
     */
    <T> T call(Callable<T> work) throws EngineException, InterruptedException {
        Future<T> future = executor.submit(work);
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EngineException known) {
                throw known;
            }
            if (cause instanceof UnsatisfiedLinkError lack) {
                throw Failures.of(
                        "engine.sdk",
                        "The library of WSL lacks a function.",
                        0x80004001,
                        String.valueOf(lack.getMessage()));
            }
            throw new EngineException("engine.sdk", "A call of WSL's library failed.", cause);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
