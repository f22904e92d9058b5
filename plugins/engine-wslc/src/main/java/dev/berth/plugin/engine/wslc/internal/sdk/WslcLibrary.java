/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import dev.berth.plugin.engine.wslc.internal.text.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code wslcsdk.dll}, which the person points at: WSL does not install it. All calls must come from a thread of
 * {@link ComThreads}; they block, some for minutes.
 */
final class WslcLibrary {

    /** Flags of what is missing. */
    static final int VIRTUAL_MACHINE_PLATFORM = 1;

    static final int WSL_PACKAGE = 2;
    static final int SDK_NEEDS_UPDATE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(WslcLibrary.class);

    private final WslcFunctions functions;
    private final WindowsFunctions.Ole32 ole;
    private final WindowsFunctions.Kernel32 kernel;
    private final Set<String> absent;

    private WslcLibrary(
            WslcFunctions functions, WindowsFunctions.Ole32 ole, WindowsFunctions.Kernel32 kernel, Set<String> absent) {
        this.functions = functions;
        this.ole = ole;
        this.kernel = kernel;
        this.absent = Set.copyOf(absent);
    }

    /** Loads it on Windows. */
    static WslcLibrary open(Path library) throws EngineException {
        return open(library, "ole32", "kernel32");
    }

    /**
     * Loads it.
     *
     * @param library an absolute path: nothing of that name is looked for elsewhere
     * @throws EngineException if it is not there, or is none, or is one from before the names of 3.0
     */
    static WslcLibrary open(Path library, String ole, String kernel) throws EngineException {
        if (!library.isAbsolute() || !Files.isRegularFile(library)) {
            throw unusable("The library " + library + " does not exist.", "", null);
        }
        try {
            NativeLibrary loaded = NativeLibrary.getInstance(library.toString());
            Set<String> absent = new LinkedHashSet<>();
            for (String name : WslcFunctions.OPTIONAL) {
                if (!exports(loaded, name)) {
                    absent.add(name);
                }
            }
            if (!exports(loaded, "WslcCreateSession")) {
                throw unusable("The library " + library + " is no wslcsdk.dll, or one of the previews.", "", null);
            }
            if (!absent.isEmpty()) {
                LOG.debug("{} lacks {}", library, absent);
            }
            return new WslcLibrary(
                    Native.load(library.toString(), WslcFunctions.class),
                    Native.load(ole, WindowsFunctions.Ole32.class),
                    Native.load(kernel, WindowsFunctions.Kernel32.class),
                    absent);
        } catch (UnsatisfiedLinkError e) {
            throw unusable("The library " + library + " cannot be loaded.", String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean exports(NativeLibrary library, String name) {
        try {
            library.getFunction(name);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static EngineException unusable(String summary, String detail, @Nullable Throwable cause) {
        return new EngineException(
                "engine.sdk",
                ErrorKind.MISSING,
                summary,
                detail,
                Remedy.advice("Point the setting \"library\" at the wslcsdk.dll of the package"
                        + " Microsoft.WSL.Containers for this processor, or clear it."),
                cause);
    }

    WslcFunctions functions() {
        return functions;
    }

    WindowsFunctions.Ole32 ole() {
        return ole;
    }

    WindowsFunctions.Kernel32 kernel() {
        return kernel;
    }

    /** Whether an optional function is there. */
    boolean has(String function) {
        return !absent.contains(function);
    }

    /** A call whose last parameter takes the library's message. */
    interface Call {
        int with(PointerByReference error);
    }

    /** Makes a call that must succeed, and frees the message of the library, which it may leave either way. */
    void check(String what, Call call) throws EngineException {
        PointerByReference error = new PointerByReference();
        int result = call.with(error);
        String message = "";
        Pointer text = error.getValue();
        if (text != null) {
            message = Keep.readWide(text);
            ole.CoTaskMemFree(text);
        }
        require(what, result, message);
    }

    /** Takes the result of a call that has no message. */
    static void require(String what, int result) throws EngineException {
        require(what, result, "");
    }

    private static void require(String what, int result, String message) throws EngineException {
        if (result < 0) {
            throw Failures.of("engine.sdk", what, result, message);
        }
    }

    /** A text in UTF-8 that the library made; it is freed. */
    String takeUtf8(PointerByReference reference) {
        Pointer text = reference.getValue();
        if (text == null) {
            return "";
        }
        try {
            return text.getString(0, "UTF-8");
        } finally {
            ole.CoTaskMemFree(text);
        }
    }

    /** What is missing, as flags; 0 for nothing. */
    int missingComponents() throws EngineException {
        IntByReference flags = new IntByReference();
        require("What WSL lacks cannot be told.", functions.WslcGetMissingComponents(flags));
        return flags.getValue();
    }

    /** The version of WSL that is installed. */
    Version version() throws EngineException {
        try (Keep keep = new Keep()) {
            Memory version = keep.zeroed(Layout.VERSION);
            require("The version of WSL cannot be told.", functions.WslcGetVersion(version));
            return new Version(
                    version.getInt(Layout.VERSION_MAJOR),
                    version.getInt(Layout.VERSION_MINOR),
                    version.getInt(Layout.VERSION_REVISION));
        }
    }

    /**
     * Installs what is missing; needs an administrator.
     *
     * @return whether Windows must be restarted
     */
    boolean install(int components, boolean repair, Callbacks.InstallListener listener) throws EngineException {
        Pointer context = Callbacks.register(listener);
        try {
            int result = functions.WslcInstallWithDependencies(
                    components & (VIRTUAL_MACHINE_PLATFORM | WSL_PACKAGE), repair ? 1 : 0, Callbacks.INSTALL, context);
            // A failure in form, a success in substance.
            if (result == 0x80070BC2) {
                return true;
            }
            require("WSL cannot be installed.", result);
            return false;
        } finally {
            Callbacks.forget(context);
        }
    }

    /** Waits for an event of Windows. */
    boolean await(Pointer event, Duration limit) {
        return kernel.WaitForSingleObject(event, (int) Math.min(limit.toMillis(), Integer.MAX_VALUE)) == 0;
    }

    @Override
    public String toString() {
        return "wslcsdk" + (absent.isEmpty() ? "" : " without " + Arrays.toString(absent.toArray()));
    }
}
