/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.berth.api.error.EngineException;
import dev.berth.api.task.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A session of the library's: a virtual machine that ends with this process at the latest. Methods block, and are called
 * from {@link ComThreads}.
 */
final class SdkSession implements AutoCloseable {

    private static final int GPU = 4;
    private static final int OWNER = 1;

    private final WslcLibrary library;
    private final NativeHandle handle;

    private SdkSession(WslcLibrary library, Pointer pointer) {
        this.library = library;
        handle = new NativeHandle(pointer, library.functions()::WslcReleaseSession);
    }

    /** Makes a session; its virtual machine starts with the first thing it has to do. */
    static SdkSession create(WslcLibrary library, SdkSettings.Session session) throws EngineException {
        String what = "The session " + session.name() + " cannot be made.";
        WslcFunctions functions = library.functions();
        try (Keep keep = new Keep()) {
            Memory settings = keep.zeroed(Layout.OPAQUE);
            WslcLibrary.require(
                    what,
                    functions.WslcInitSessionSettings(
                            keep.wide(session.name()),
                            keep.wide(session.storage().toString()),
                            settings));
            WslcLibrary.require(what, functions.WslcSetSessionSettingsCpuCount(settings, session.cpus()));
            WslcLibrary.require(what, functions.WslcSetSessionSettingsMemory(settings, session.memoryMegabytes()));
            WslcLibrary.require(what, functions.WslcSetSessionSettingsTimeout(settings, session.bootMilliseconds()));
            if (session.diskBytes() > 0) {
                Memory disk = disk(keep, new SdkSettings.Disk("", session.diskBytes(), false, -1, -1));
                WslcLibrary.require(what, functions.WslcSetSessionSettingsVhd(settings, disk));
            }
            WslcLibrary.require(what, functions.WslcSetSessionSettingsFeatureFlags(settings, session.gpu() ? GPU : 0));
            PointerByReference made = new PointerByReference();
            library.check(what, error -> functions.WslcCreateSession(settings, made, error));
            return new SdkSession(library, made.getValue());
        }
    }

    private static Memory disk(Keep keep, SdkSettings.Disk disk) {
        Memory memory = keep.zeroed(Layout.VHD);
        if (!disk.name().isEmpty()) {
            memory.setPointer(Layout.VHD_NAME, keep.utf8(disk.name()));
        }
        memory.setLong(Layout.VHD_BYTES, disk.bytes());
        memory.setInt(Layout.VHD_TYPE, disk.fixed() ? 1 : 0);
        if (disk.uid() >= 0) {
            memory.setInt(Layout.VHD_FLAGS, OWNER);
            memory.setInt(Layout.VHD_UID, disk.uid());
            memory.setInt(Layout.VHD_GID, disk.gid());
        }
        return memory;
    }

    NativeHandle handle() {
        return handle;
    }

    WslcLibrary library() {
        return library;
    }

    /** Its images. */
    SdkImages images() {
        return new SdkImages(library, handle);
    }

    /** Stops the virtual machine with all that runs in it. */
    void terminate() throws EngineException {
        WslcLibrary.require("The session cannot be ended.", handle.use(library.functions()::WslcTerminateSession));
    }

    /**
     * Waits for its end; for a thread of its own.
     *
     * @return why it ended: 0 unknown, 1 shut down, 2 crashed; empty when it did not in that time
     */
    OptionalInt awaitEnd(Duration limit) throws EngineException {
        PointerByReference event = new PointerByReference();
        WslcLibrary.require(
                "The end of the session cannot be waited for.",
                handle.use(session -> library.functions().WslcGetSessionTerminationEvent(session, event)));
        try {
            // Not while the session is held: it may be released meanwhile.
            if (!library.await(event.getValue(), limit)) {
                return OptionalInt.empty();
            }
        } finally {
            library.kernel().CloseHandle(event.getValue());
        }
        IntByReference reason = new IntByReference();
        WslcLibrary.require(
                "Why the session ended cannot be told.",
                handle.use(session -> library.functions().WslcGetSessionTerminationReason(session, reason)));
        return OptionalInt.of(reason.getValue());
    }

    /** Tells of crashes of the session's own processes until the registration is closed. */
    Registration onCrash(Callbacks.CrashListener listener) throws EngineException {
        Pointer context = Callbacks.register(listener);
        PointerByReference subscription = new PointerByReference();
        boolean done = false;
        try {
            handle.use(session -> {
                library.check(
                        "Crashes of the session cannot be listened to.",
                        error -> library.functions()
                                .WslcRegisterSessionCrashDumpCallback(
                                        session, Callbacks.CRASH, context, subscription, error));
                return 0;
            });
            done = true;
        } finally {
            if (!done) {
                Callbacks.forget(context);
            }
        }
        NativeHandle held =
                new NativeHandle(subscription.getValue(), library.functions()::WslcReleaseCrashDumpSubscription);
        return () -> {
            held.close();
            Callbacks.forget(context);
        };
    }

    /** Logs in at a registry; the value that pulling and pushing take. */
    String authenticate(String server, String user, String password) throws EngineException {
        try (Keep keep = new Keep()) {
            PointerByReference token = new PointerByReference();
            IntByReference type = new IntByReference();
            Memory secret = keep.utf8(password);
            handle.use(session -> {
                library.check(
                        "The registry " + server + " does not let you in.",
                        error -> library.functions()
                                .WslcSessionAuthenticate(
                                        session, keep.utf8(server), keep.utf8(user), secret, token, type, error));
                return 0;
            });
            secret.clear();
            return library.takeUtf8(token);
        }
    }

    /** Makes a volume with a disk of its own. */
    void createVolume(SdkSettings.Disk disk) throws EngineException {
        try (Keep keep = new Keep()) {
            handle.use(session -> {
                library.check(
                        "The volume " + disk.name() + " cannot be made.",
                        error -> library.functions().WslcCreateSessionVhdVolume(session, disk(keep, disk), error));
                return 0;
            });
        }
    }

    /** Deletes it. */
    void deleteVolume(String name) throws EngineException {
        try (Keep keep = new Keep()) {
            handle.use(session -> {
                library.check(
                        "The volume " + name + " cannot be deleted.",
                        error -> library.functions().WslcDeleteSessionVhdVolume(session, keep.utf8(name), error));
                return 0;
            });
        }
    }

    /** Makes a container, not started. */
    SdkContainer create(SdkSettings.Container container) throws EngineException {
        return SdkContainer.create(this, container);
    }

    /** A container by its name or the beginning of its id. */
    SdkContainer open(String nameOrId) throws EngineException {
        return SdkContainer.open(this, nameOrId);
    }

    /** Lets go of it; the session ends when nothing else holds it. */
    @Override
    public void close() {
        handle.close();
    }

    /** The file of an absolute path as the library wants it. */
    static Memory path(Keep keep, Path file) {
        return keep.wide(file.toAbsolutePath().toString());
    }
}
