/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.berth.api.error.EngineException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process in a container. */
final class SdkProcess implements AutoCloseable {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int FLAG_STDIN = 1;

    private final WslcLibrary library;
    private final NativeHandle handle;
    private final @Nullable Pointer context;

    SdkProcess(WslcLibrary library, Pointer pointer, @Nullable Pointer context) {
        this.library = library;
        this.context = context;
        handle = new NativeHandle(pointer, library.functions()::WslcReleaseProcess);
    }

    /** The three functions that the library copies. */
    static Memory callbacks(Keep keep) {
        Memory callbacks = keep.zeroed(Layout.CALLBACKS);
        callbacks.setPointer(Layout.CALLBACKS_OUT, Callbacks.address(Callbacks.STD_IO));
        callbacks.setPointer(Layout.CALLBACKS_ERROR, Callbacks.address(Callbacks.STD_IO));
        callbacks.setPointer(Layout.CALLBACKS_EXIT, Callbacks.address(Callbacks.EXIT));
        return callbacks;
    }

    /** Settings that are good as long as {@code keep} is. */
    static Memory settings(
            WslcLibrary library, Keep keep, String what, SdkSettings.Process process, @Nullable Pointer context)
            throws EngineException {
        WslcFunctions functions = library.functions();
        Memory settings = keep.zeroed(Layout.OPAQUE);
        WslcLibrary.require(what, functions.WslcInitProcessSettings(settings));
        if (!process.command().isEmpty()) {
            Pointer arguments = keep.texts(process.command());
            WslcLibrary.require(
                    what,
                    functions.WslcSetProcessSettingsCmdLine(
                            settings,
                            arguments == null ? Pointer.NULL : arguments,
                            process.command().size()));
        }
        List<String> environment = new ArrayList<>();
        process.environment().forEach((name, value) -> environment.add(name + "=" + value));
        WslcLibrary.require(
                what,
                functions.WslcSetProcessSettingsEnvVariables(settings, keep.texts(environment), environment.size()));
        if (!process.workingFolder().isEmpty()) {
            WslcLibrary.require(
                    what,
                    functions.WslcSetProcessSettingsWorkingDirectory(settings, keep.utf8(process.workingFolder())));
        }
        if (context != null) {
            WslcLibrary.require(what, functions.WslcSetProcessSettingsCallbacks(settings, callbacks(keep), context));
        }
        if (process.stdin() && library.has("WslcSetProcessSettingsFlags")) {
            WslcLibrary.require(what, functions.WslcSetProcessSettingsFlags(settings, FLAG_STDIN));
        }
        return settings;
    }

    /** Its id in the virtual machine. */
    long pid() throws EngineException {
        IntByReference pid = new IntByReference();
        WslcLibrary.require(
                "The id of the process cannot be told.",
                handle.use(process -> library.functions().WslcGetProcessPid(process, pid)));
        return Integer.toUnsignedLong(pid.getValue());
    }

    /** 0 unknown, 1 running, 2 exited, 3 ended by a signal. */
    int state() throws EngineException {
        IntByReference state = new IntByReference();
        WslcLibrary.require(
                "The state of the process cannot be told.",
                handle.use(process -> library.functions().WslcGetProcessState(process, state)));
        return state.getValue();
    }

    /** Its exit code; an error unless it exited by itself. */
    int exitCode() throws EngineException {
        IntByReference code = new IntByReference();
        WslcLibrary.require(
                "The exit code of the process cannot be told.",
                handle.use(process -> library.functions().WslcGetProcessExitCode(process, code)));
        return code.getValue();
    }

    /** Waits for its end; for a thread of its own. */
    boolean awaitExit(Duration limit) throws EngineException {
        PointerByReference event = new PointerByReference();
        WslcLibrary.require(
                "The end of the process cannot be waited for.",
                handle.use(process -> library.functions().WslcGetProcessExitEvent(process, event)));
        try {
            return library.await(event.getValue(), limit);
        } finally {
            library.kernel().CloseHandle(event.getValue());
        }
    }

    /** Sends a signal: 1, 2, 3, 9 or 15. */
    void signal(int signal) throws EngineException {
        WslcLibrary.require(
                "The process cannot be signalled.",
                handle.use(process -> library.functions().WslcSignalProcess(process, signal)));
    }

    /** Its standard input, to be taken once. */
    OutputStream stdin() throws EngineException {
        return new HandleStreams.Output(library.kernel(), take(STDIN));
    }

    /** Its standard output, to be taken once, and only without a listener. */
    InputStream stdout() throws EngineException {
        return new HandleStreams.Input(library.kernel(), take(STDOUT));
    }

    /** Its standard error, to be taken once, and only without a listener. */
    InputStream stderr() throws EngineException {
        return new HandleStreams.Input(library.kernel(), take(STDERR));
    }

    private Pointer take(int which) throws EngineException {
        PointerByReference taken = new PointerByReference();
        WslcLibrary.require(
                "A stream of the process cannot be had.",
                handle.use(process -> library.functions().WslcGetProcessIOHandle(process, which, taken)));
        return taken.getValue();
    }

    /** Lets go of it; when it runs, its listener hears no more. Not to be called by a listener. */
    @Override
    public void close() {
        handle.close();
        Callbacks.forget(context);
    }
}
