/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Pointer;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object of the library. It may be used by several threads, but must not be released under a call: releasing waits for
 * the calls that are under way, and happens once.
 */
final class NativeHandle {

    /** {@code HRESULT_FROM_WIN32(ERROR_INVALID_STATE)}, as the library answers to what is closed. */
    static final int CLOSED = 0x8007139F;

    private static final Logger LOG = LoggerFactory.getLogger(NativeHandle.class);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ToIntFunction<Pointer> release;
    private @Nullable Pointer pointer;

    NativeHandle(Pointer pointer, ToIntFunction<Pointer> release) {
        this.pointer = pointer;
        this.release = release;
    }

    /** Something that is done with it. */
    interface Use<T> {
        T with(Pointer pointer) throws EngineException;
    }

    <T> T use(Use<T> use) throws EngineException {
        lock.readLock().lock();
        try {
            Pointer open = pointer;
            if (open == null) {
                throw Failures.of("engine.sdk", "It was closed.", CLOSED, "");
            }
            return use.with(open);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Releases it; the second time nothing happens. Not to be called from one of the library's own threads. */
    void close() {
        lock.writeLock().lock();
        try {
            Pointer open = pointer;
            pointer = null;
            if (open != null) {
                int result = release.applyAsInt(open);
                if (result < 0) {
                    LOG.warn("The library of WSL did not release an object: {}", HResult.of(result));
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
