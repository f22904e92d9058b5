/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flat functions of {@code wslcsdk.dll} (package Microsoft.WSL.Containers 3.0.1 and what followed), each with the HRESULT
 * that it returns. Settings structures keep pointers and copy nothing: no Java text is ever passed, only memory that lives
 * until the object was made. The names are those of the library.
 */
interface WslcFunctions extends Library {

    /** Functions that older libraries do not have. */
    List<String> OPTIONAL = List.of(
            "WslcSetProcessSettingsFlags",
            "WslcSetContainerSettingsCapabilityAdditions",
            "WslcSetContainerSettingsCapabilityDrops");

    /** Tells which parts of Windows are missing, as flags. */
    int WslcGetMissingComponents(IntByReference components);

    /** The version of the runtime, three numbers. */
    int WslcGetVersion(Pointer version);

    /** Installs what is missing; the callback comes on the calling thread. */
    int WslcInstallWithDependencies(
            int components, int options, @Nullable Callback progress, @Nullable Pointer context);

    int WslcInitSessionSettings(Pointer wideName, Pointer widePath, Pointer settings);

    int WslcSetSessionSettingsCpuCount(Pointer settings, int count);

    int WslcSetSessionSettingsMemory(Pointer settings, int megabytes);

    int WslcSetSessionSettingsTimeout(Pointer settings, int milliseconds);

    int WslcSetSessionSettingsVhd(Pointer settings, @Nullable Pointer requirements);

    int WslcSetSessionSettingsFeatureFlags(Pointer settings, int flags);

    int WslcCreateSession(Pointer settings, PointerByReference session, PointerByReference error);

    int WslcGetSessionTerminationEvent(Pointer session, PointerByReference event);

    int WslcGetSessionTerminationReason(Pointer session, IntByReference reason);

    int WslcTerminateSession(Pointer session);

    int WslcReleaseSession(Pointer session);

    int WslcRegisterSessionCrashDumpCallback(
            Pointer session,
            Callback callback,
            Pointer context,
            PointerByReference subscription,
            PointerByReference error);

    int WslcReleaseCrashDumpSubscription(Pointer subscription);

    int WslcSessionAuthenticate(
            Pointer session,
            Pointer server,
            Pointer user,
            Pointer password,
            PointerByReference token,
            IntByReference type,
            PointerByReference error);

    int WslcPullSessionImage(Pointer session, Pointer options, PointerByReference error);

    int WslcImportSessionImage(
            Pointer session,
            Pointer name,
            Pointer handle,
            long bytes,
            @Nullable Pointer options,
            PointerByReference error);

    int WslcImportSessionImageFromFile(
            Pointer session, Pointer name, Pointer widePath, @Nullable Pointer options, PointerByReference error);

    int WslcLoadSessionImage(
            Pointer session, Pointer handle, long bytes, @Nullable Pointer options, PointerByReference error);

    int WslcLoadSessionImageFromFile(
            Pointer session, Pointer widePath, @Nullable Pointer options, PointerByReference error);

    int WslcListSessionImages(Pointer session, PointerByReference images, IntByReference count);

    int WslcDeleteSessionImage(Pointer session, Pointer nameOrId, PointerByReference error);

    int WslcTagSessionImage(Pointer session, Pointer options, PointerByReference error);

    int WslcPushSessionImage(Pointer session, Pointer options, PointerByReference error);

    int WslcCreateSessionVhdVolume(Pointer session, Pointer requirements, PointerByReference error);

    int WslcDeleteSessionVhdVolume(Pointer session, Pointer name, PointerByReference error);

    int WslcInitContainerSettings(Pointer image, Pointer settings);

    int WslcSetContainerSettingsName(Pointer settings, Pointer name);

    int WslcSetContainerSettingsHostName(Pointer settings, Pointer name);

    int WslcSetContainerSettingsDomainName(Pointer settings, Pointer name);

    int WslcSetContainerSettingsInitProcess(Pointer settings, Pointer process);

    int WslcSetContainerSettingsNetworkingMode(Pointer settings, int mode);

    int WslcSetContainerSettingsFlags(Pointer settings, int flags);

    int WslcSetContainerSettingsPortMappings(Pointer settings, @Nullable Pointer ports, int count);

    int WslcSetContainerSettingsVolumes(Pointer settings, @Nullable Pointer volumes, int count);

    int WslcSetContainerSettingsNamedVolumes(Pointer settings, @Nullable Pointer volumes, int count);

    int WslcSetContainerSettingsCapabilityAdditions(Pointer settings, @Nullable Pointer names, int count);

    int WslcSetContainerSettingsCapabilityDrops(Pointer settings, @Nullable Pointer names, int count);

    int WslcCreateContainer(Pointer session, Pointer settings, PointerByReference container, PointerByReference error);

    int WslcOpenContainer(Pointer session, Pointer nameOrId, PointerByReference container, PointerByReference error);

    int WslcStartContainer(Pointer container, int flags, PointerByReference error);

    int WslcSetContainerInitProcessIOCallbacks(Pointer container, Pointer callbacks, Pointer context);

    int WslcStopContainer(Pointer container, int signal, int timeoutSeconds, PointerByReference error);

    int WslcDeleteContainer(Pointer container, int flags, PointerByReference error);

    int WslcReleaseContainer(Pointer container);

    int WslcGetContainerID(Pointer container, Pointer id);

    int WslcGetContainerState(Pointer container, IntByReference state);

    int WslcInspectContainer(Pointer container, PointerByReference json);

    int WslcGetContainerInitProcess(Pointer container, PointerByReference process);

    int WslcCreateContainerProcess(
            Pointer container, Pointer settings, PointerByReference process, PointerByReference error);

    int WslcInitProcessSettings(Pointer settings);

    int WslcSetProcessSettingsWorkingDirectory(Pointer settings, Pointer folder);

    int WslcSetProcessSettingsCmdLine(Pointer settings, Pointer arguments, long count);

    int WslcSetProcessSettingsEnvVariables(Pointer settings, @Nullable Pointer variables, long count);

    int WslcSetProcessSettingsCallbacks(Pointer settings, @Nullable Pointer callbacks, @Nullable Pointer context);

    int WslcSetProcessSettingsFlags(Pointer settings, int flags);

    int WslcGetProcessPid(Pointer process, IntByReference pid);

    int WslcGetProcessExitEvent(Pointer process, PointerByReference event);

    int WslcGetProcessState(Pointer process, IntByReference state);

    int WslcGetProcessExitCode(Pointer process, IntByReference code);

    int WslcSignalProcess(Pointer process, int signal);

    int WslcGetProcessIOHandle(Pointer process, int which, PointerByReference handle);

    int WslcReleaseProcess(Pointer process);
}
