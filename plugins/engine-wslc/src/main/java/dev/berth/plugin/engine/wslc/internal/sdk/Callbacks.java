/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions that the library calls. There is one of each for the life of the process, so that a late call never meets
 * freed code; the context is no address but a number, under which whoever listens is found, or nobody any more.
 */
final class Callbacks {

    /** {@code HRESULT_FROM_WIN32(ERROR_CANCELLED)}: aborts a transfer. */
    static final int CANCELLED = 0x800704C7;

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final Map<Long, Object> LISTENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(1);

    private Callbacks() {}

    /** The outputs and the end of a process; calls come one after the other, on a thread of the library's. */
    interface ProcessListener {
        /** Some output; the array is the listener's. */
        void output(boolean error, byte[] bytes);

        /** It ended and all its output was told; -1 when the code could not be read. */
        void exited(int code);
    }

    /** How far a transfer has come. */
    interface ProgressListener {
        /** Whether to go on. */
        boolean progress(ImageProgress progress);
    }

    /** A process inside the session crashed. */
    interface CrashListener {
        /** Its dump was written. */
        void crashed(CrashDump dump);
    }

    /** How far an installation has come. */
    interface InstallListener {
        /** Step of total, of one component. */
        void step(int component, int step, int total);
    }

    /** A line of a transfer; the id is empty for the whole image. */
    record ImageProgress(String id, int status, long current, long total) {}

    /** Where a dump is, and whose; seconds since 1970. */
    record CrashDump(String path, String process, long pid, int signal, long time) {}

    /** {@code WslcStdIOCallback}. */
    interface StdIo extends Callback {
        /** Called by the library. */
        void invoke(int which, Pointer data, int bytes, Pointer context);
    }

    /** {@code WslcProcessExitCallback}. */
    interface Exit extends Callback {
        /** Called by the library. */
        void invoke(int code, Pointer context);
    }

    /** {@code WslcContainerImageProgressCallback}. */
    interface Progress extends Callback {
        /** Called by the library. */
        int invoke(Pointer message, Pointer context);
    }

    /** {@code WslcSessionCrashDumpCallback}. */
    interface Crash extends Callback {
        /** Called by the library. */
        void invoke(Pointer dump, Pointer context);
    }

    /** {@code WslcInstallCallback}. */
    interface Install extends Callback {
        /** Called by the library. */
        void invoke(int component, int step, int total, Pointer context);
    }

    private static final int STDERR = 2;

    static final StdIo STD_IO = threaded((which, data, bytes, context) -> {
        Object listener = find(context);
        if (listener instanceof ProcessListener process && data != null && bytes > 0) {
            guarded(() -> process.output(which == STDERR, data.getByteArray(0, bytes)));
        }
    });

    static final Exit EXIT = threaded((code, context) -> {
        Object listener = find(context);
        if (listener instanceof ProcessListener process) {
            guarded(() -> process.exited(code));
        }
    });

    static final Progress PROGRESS = threaded((Progress) (message, context) -> {
        Object listener = find(context);
        if (!(listener instanceof ProgressListener progress) || message == null) {
            return listener == null ? CANCELLED : 0;
        }
        Pointer id = message.getPointer(Layout.PROGRESS_ID);
        ImageProgress line = new ImageProgress(
                id == null ? "" : id.getString(0, "UTF-8"),
                message.getInt(Layout.PROGRESS_STATUS),
                message.getLong(Layout.PROGRESS_CURRENT),
                message.getLong(Layout.PROGRESS_TOTAL));
        try {
            return progress.progress(line) ? 0 : CANCELLED;
        } catch (RuntimeException e) {
            LOG.warn("A listener for a transfer failed", e);
            return CANCELLED;
        }
    });

    static final Crash CRASH = threaded((dump, context) -> {
        Object listener = find(context);
        if (listener instanceof CrashListener crash && dump != null) {
            Pointer path = dump.getPointer(Layout.CRASH_PATH);
            Pointer process = dump.getPointer(Layout.CRASH_PROCESS);
            CrashDump copy = new CrashDump(
                    path == null ? "" : Keep.readWide(path),
                    process == null ? "" : process.getString(0, "UTF-8"),
                    Integer.toUnsignedLong(dump.getInt(Layout.CRASH_PID)),
                    dump.getInt(Layout.CRASH_SIGNAL),
                    dump.getLong(Layout.CRASH_TIME));
            guarded(() -> crash.crashed(copy));
        }
    });

    static final Install INSTALL = threaded((component, step, total, context) -> {
        Object listener = find(context);
        if (listener instanceof InstallListener install) {
            guarded(() -> install.step(component, step, total));
        }
    });

    private static <C extends Callback> C threaded(C callback) {
        // Not detached after each call: the library calls often, from few threads.
        Native.setCallbackThreadInitializer(callback, new CallbackThreadInitializer(true, false, "berth-wslc-library"));
        return callback;
    }

    private static @Nullable Object find(@Nullable Pointer context) {
        return context == null ? null : LISTENERS.get(Pointer.nativeValue(context));
    }

    /** Nothing may be thrown into the library. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener for the library of WSL failed", e);
        }
    }

    /** Begins to tell a listener; the context to pass on. */
    static Pointer register(Object listener) {
        long number = NEXT.getAndIncrement();
        LISTENERS.put(number, listener);
        return new Pointer(number);
    }

    /** Tells it no more. */
    static void forget(@Nullable Pointer context) {
        if (context != null) {
            LISTENERS.remove(Pointer.nativeValue(context));
        }
    }

    /** How many are told. */
    static int listeners() {
        return LISTENERS.size();
    }

    /** The address of one of the functions above. */
    static Pointer address(Callback callback) {
        return CallbackReference.getFunctionPointer(callback);
    }
}
