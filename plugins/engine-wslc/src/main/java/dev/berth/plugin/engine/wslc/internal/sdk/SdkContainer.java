/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A container of a session. */
final class SdkContainer implements AutoCloseable {

    /** What a container gets. */
    private static final int FLAG_AUTO_REMOVE = 1;

    private static final int FLAG_GPU = 2;
    private static final int NETWORK_BRIDGED = 1;
    private static final int START_ATTACHED = 1;

    private final WslcLibrary library;
    private final NativeHandle handle;
    private final AtomicReference<@Nullable Pointer> context = new AtomicReference<>();

    private SdkContainer(WslcLibrary library, Pointer pointer) {
        this.library = library;
        handle = new NativeHandle(pointer, library.functions()::WslcReleaseContainer);
    }

    static SdkContainer create(SdkSession session, SdkSettings.Container container) throws EngineException {
        String what = "The container " + container.name() + " cannot be made.";
        WslcLibrary library = session.library();
        try (Keep keep = new Keep()) {
            Memory settings = settings(library, keep, what, container);
            PointerByReference made = new PointerByReference();
            session.handle().use(pointer -> {
                library.check(what, error -> library.functions().WslcCreateContainer(pointer, settings, made, error));
                return 0;
            });
            return new SdkContainer(library, made.getValue());
        }
    }

    static SdkContainer open(SdkSession session, String nameOrId) throws EngineException {
        WslcLibrary library = session.library();
        try (Keep keep = new Keep()) {
            PointerByReference found = new PointerByReference();
            session.handle().use(pointer -> {
                library.check(
                        "The container " + nameOrId + " cannot be opened.",
                        error -> library.functions().WslcOpenContainer(pointer, keep.utf8(nameOrId), found, error));
                return 0;
            });
            return new SdkContainer(library, found.getValue());
        }
    }

    private static Memory settings(WslcLibrary library, Keep keep, String what, SdkSettings.Container container)
            throws EngineException {
        WslcFunctions functions = library.functions();
        Memory settings = keep.zeroed(Layout.OPAQUE);
        WslcLibrary.require(what, functions.WslcInitContainerSettings(keep.utf8(container.image()), settings));
        if (!container.name().isEmpty()) {
            WslcLibrary.require(what, functions.WslcSetContainerSettingsName(settings, keep.utf8(container.name())));
        }
        if (!container.hostName().isEmpty()) {
            WslcLibrary.require(
                    what, functions.WslcSetContainerSettingsHostName(settings, keep.utf8(container.hostName())));
        }
        if (!container.domainName().isEmpty()) {
            WslcLibrary.require(
                    what, functions.WslcSetContainerSettingsDomainName(settings, keep.utf8(container.domainName())));
        }
        WslcLibrary.require(
                what,
                functions.WslcSetContainerSettingsInitProcess(
                        settings, SdkProcess.settings(library, keep, what, container.process(), null)));
        WslcLibrary.require(
                what,
                functions.WslcSetContainerSettingsNetworkingMode(settings, container.network() ? NETWORK_BRIDGED : 0));
        WslcLibrary.require(
                what,
                functions.WslcSetContainerSettingsFlags(
                        settings, (container.gpu() ? FLAG_GPU : 0) | (container.autoRemove() ? FLAG_AUTO_REMOVE : 0)));
        WslcLibrary.require(
                what,
                functions.WslcSetContainerSettingsPortMappings(
                        settings,
                        ports(keep, container.ports()),
                        container.ports().size()));
        List<SdkSettings.Volume> folders =
                container.volumes().stream().filter(one -> !one.named()).toList();
        List<SdkSettings.Volume> named =
                container.volumes().stream().filter(SdkSettings.Volume::named).toList();
        WslcLibrary.require(
                what, functions.WslcSetContainerSettingsVolumes(settings, volumes(keep, folders), folders.size()));
        WslcLibrary.require(
                what, functions.WslcSetContainerSettingsNamedVolumes(settings, volumes(keep, named), named.size()));
        capabilities(library, keep, what, settings, container);
        return settings;
    }

    private static void capabilities(
            WslcLibrary library, Keep keep, String what, Memory settings, SdkSettings.Container container)
            throws EngineException {
        List<String> added = container.addedCapabilities();
        List<String> dropped = container.droppedCapabilities();
        boolean able = library.has("WslcSetContainerSettingsCapabilityAdditions")
                && library.has("WslcSetContainerSettingsCapabilityDrops");
        if (!able) {
            if (!added.isEmpty() || !dropped.isEmpty()) {
                throw Failures.of(
                        "engine.sdk", what, 0x80004001, "this wslcsdk.dll cannot change capabilities of containers");
            }
            return;
        }
        WslcFunctions functions = library.functions();
        WslcLibrary.require(
                what, functions.WslcSetContainerSettingsCapabilityAdditions(settings, keep.texts(added), added.size()));
        WslcLibrary.require(
                what, functions.WslcSetContainerSettingsCapabilityDrops(settings, keep.texts(dropped), dropped.size()));
    }

    private static @Nullable Memory ports(Keep keep, List<SdkSettings.Port> ports) {
        if (ports.isEmpty()) {
            return null;
        }
        Memory array = keep.zeroed((long) Layout.PORT * ports.size());
        for (int i = 0; i < ports.size(); i++) {
            long at = (long) i * Layout.PORT;
            array.setShort(at + Layout.PORT_WINDOWS, (short) ports.get(i).host());
            array.setShort(at + Layout.PORT_CONTAINER, (short) ports.get(i).guest());
            Memory address = keep.zeroed(Layout.ADDRESS);
            address.setShort(Layout.ADDRESS_FAMILY, (short) Layout.FAMILY_IPV4);
            address.write(Layout.ADDRESS_IPV4, new byte[] {127, 0, 0, 1}, 0, 4);
            array.setPointer(at + Layout.PORT_ADDRESS, address);
        }
        return array;
    }

    private static @Nullable Memory volumes(Keep keep, List<SdkSettings.Volume> volumes) {
        if (volumes.isEmpty()) {
            return null;
        }
        Memory array = keep.zeroed((long) Layout.VOLUME * volumes.size());
        for (int i = 0; i < volumes.size(); i++) {
            SdkSettings.Volume volume = volumes.get(i);
            long at = (long) i * Layout.VOLUME;
            array.setPointer(
                    at + Layout.VOLUME_SOURCE,
                    volume.named() ? keep.utf8(volume.source()) : keep.wide(volume.source()));
            array.setPointer(at + Layout.VOLUME_TARGET, keep.utf8(volume.target()));
            array.setInt(at + Layout.VOLUME_READ_ONLY, volume.readOnly() ? 1 : 0);
        }
        return array;
    }

    /** Starts it and tells of what its first process says. */
    void start(Callbacks.ProcessListener listener) throws EngineException {
        Pointer registered = Callbacks.register(listener);
        Callbacks.forget(context.getAndSet(registered));
        try (Keep keep = new Keep()) {
            WslcLibrary.require(
                    "What the container says cannot be listened to.",
                    handle.use(container -> library.functions()
                            .WslcSetContainerInitProcessIOCallbacks(
                                    container, SdkProcess.callbacks(keep), registered)));
        }
        start(START_ATTACHED);
    }

    /** Starts it and leaves it alone. */
    void start() throws EngineException {
        start(0);
    }

    private void start(int flags) throws EngineException {
        handle.use(container -> {
            library.check(
                    "The container cannot be started.",
                    error -> library.functions().WslcStartContainer(container, flags, error));
            return 0;
        });
    }

    /** Asks it to end, by its image's own signal when that is 0, and kills it after the time. */
    void stop(int signal, int seconds) throws EngineException {
        handle.use(container -> {
            library.check(
                    "The container cannot be stopped.",
                    error -> library.functions().WslcStopContainer(container, signal, seconds, error));
            return 0;
        });
    }

    /** Deletes it. */
    void delete(boolean force) throws EngineException {
        handle.use(container -> {
            library.check(
                    "The container cannot be deleted.",
                    error -> library.functions().WslcDeleteContainer(container, force ? 1 : 0, error));
            return 0;
        });
    }

    /** Its id of 64 digits. */
    String id() throws EngineException {
        try (Keep keep = new Keep()) {
            Memory id = keep.zeroed(Layout.CONTAINER_ID + 7L);
            WslcLibrary.require(
                    "The id of the container cannot be told.",
                    handle.use(container -> library.functions().WslcGetContainerID(container, id)));
            return id.getString(0, "US-ASCII");
        }
    }

    /** 1 created, 2 running, 3 exited, 4 deleted. */
    int state() throws EngineException {
        IntByReference state = new IntByReference();
        WslcLibrary.require(
                "The state of the container cannot be told.",
                handle.use(container -> library.functions().WslcGetContainerState(container, state)));
        return state.getValue();
    }

    /** All that is known of it, as JSON. */
    String inspect() throws EngineException {
        PointerByReference json = new PointerByReference();
        WslcLibrary.require(
                "The container cannot be looked at.",
                handle.use(container -> library.functions().WslcInspectContainer(container, json)));
        return library.takeUtf8(json);
    }

    /** Its first process. */
    SdkProcess initProcess() throws EngineException {
        PointerByReference process = new PointerByReference();
        WslcLibrary.require(
                "The container's first process cannot be told.",
                handle.use(container -> library.functions().WslcGetContainerInitProcess(container, process)));
        return new SdkProcess(library, process.getValue(), null);
    }

    /** Runs a command whose output is told to a listener; {@code null} to read it by handles. */
    SdkProcess exec(SdkSettings.Process process, Callbacks.@Nullable ProcessListener listener) throws EngineException {
        String what = "The command " + process.command().get(0) + " cannot be run.";
        Pointer registered = listener == null ? null : Callbacks.register(listener);
        boolean done = false;
        try (Keep keep = new Keep()) {
            Memory settings = SdkProcess.settings(library, keep, what, process, registered);
            PointerByReference made = new PointerByReference();
            handle.use(container -> {
                library.check(
                        what,
                        error -> library.functions().WslcCreateContainerProcess(container, settings, made, error));
                return 0;
            });
            done = true;
            return new SdkProcess(library, made.getValue(), registered);
        } finally {
            if (!done) {
                Callbacks.forget(registered);
            }
        }
    }

    /** Lets go of it; the container stays. Not to be called by a listener. */
    @Override
    public void close() {
        handle.close();
        Callbacks.forget(context.getAndSet(null));
    }
}
