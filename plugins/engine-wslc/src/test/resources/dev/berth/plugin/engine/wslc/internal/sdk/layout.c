/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what a compiler makes of the structures, in the names of the class Layout. */
#include "wslcsdk-facts.h"
#include <stdio.h>
#define SIZE(n, t) printf("%s=%d\n", n, (int) sizeof(t))
#define AT(n, t, f) printf("%s=%d\n", n, (int) offsetof(t, f))
int main(void) {
    SIZE("VHD", WslcVhdRequirements); AT("VHD_NAME", WslcVhdRequirements, name); AT("VHD_BYTES", WslcVhdRequirements, sizeBytes);
    AT("VHD_TYPE", WslcVhdRequirements, type); AT("VHD_FLAGS", WslcVhdRequirements, flags);
    AT("VHD_UID", WslcVhdRequirements, uid); AT("VHD_GID", WslcVhdRequirements, gid);
    SIZE("CRASH", WslcSessionCrashDumpInfo); AT("CRASH_PATH", WslcSessionCrashDumpInfo, dumpPath);
    AT("CRASH_PROCESS", WslcSessionCrashDumpInfo, processName); AT("CRASH_PID", WslcSessionCrashDumpInfo, pid);
    AT("CRASH_SIGNAL", WslcSessionCrashDumpInfo, signal); AT("CRASH_TIME", WslcSessionCrashDumpInfo, timestamp);
    SIZE("PORT", WslcContainerPortMapping); AT("PORT_WINDOWS", WslcContainerPortMapping, windowsPort);
    AT("PORT_CONTAINER", WslcContainerPortMapping, containerPort); AT("PORT_PROTOCOL", WslcContainerPortMapping, protocol);
    AT("PORT_ADDRESS", WslcContainerPortMapping, windowsAddress);
    SIZE("VOLUME", WslcContainerVolume); SIZE("VOLUME", WslcContainerNamedVolume);
    AT("VOLUME_SOURCE", WslcContainerVolume, windowsPath); AT("VOLUME_SOURCE", WslcContainerNamedVolume, name);
    AT("VOLUME_TARGET", WslcContainerVolume, containerPath); AT("VOLUME_TARGET", WslcContainerNamedVolume, containerPath);
    AT("VOLUME_READ_ONLY", WslcContainerVolume, readOnly); AT("VOLUME_READ_ONLY", WslcContainerNamedVolume, readOnly);
    SIZE("CALLBACKS", WslcProcessCallbacks); AT("CALLBACKS_OUT", WslcProcessCallbacks, onStdOut);
    AT("CALLBACKS_ERROR", WslcProcessCallbacks, onStdErr); AT("CALLBACKS_EXIT", WslcProcessCallbacks, onExit);
    SIZE("PROGRESS", WslcImageProgressMessage); AT("PROGRESS_ID", WslcImageProgressMessage, id);
    AT("PROGRESS_STATUS", WslcImageProgressMessage, status); AT("PROGRESS_CURRENT", WslcImageProgressMessage, detail.currentBytes);
    AT("PROGRESS_TOTAL", WslcImageProgressMessage, detail.totalBytes);
    SIZE("PULL", WslcPullImageOptions); AT("PULL_URI", WslcPullImageOptions, uri);
    AT("PULL_CALLBACK", WslcPullImageOptions, progressCallback); AT("PULL_CONTEXT", WslcPullImageOptions, progressCallbackContext);
    AT("PULL_AUTH", WslcPullImageOptions, registryAuth);
    SIZE("TRANSFER", WslcLoadImageOptions); AT("TRANSFER_CALLBACK", WslcLoadImageOptions, progressCallback);
    AT("TRANSFER_CONTEXT", WslcLoadImageOptions, progressCallbackContext);
    SIZE("IMAGE", WslcImageInfo); AT("IMAGE_NAME", WslcImageInfo, name); AT("IMAGE_SHA256", WslcImageInfo, sha256);
    AT("IMAGE_BYTES", WslcImageInfo, sizeBytes); AT("IMAGE_CREATED", WslcImageInfo, createdUnixTime);
    printf("IMAGE_NAME_BYTES=%d\n", (int) sizeof(((WslcImageInfo *) 0)->name));
    SIZE("TAG", WslcTagImageOptions); AT("TAG_IMAGE", WslcTagImageOptions, image); AT("TAG_REPOSITORY", WslcTagImageOptions, repo);
    AT("TAG_TAG", WslcTagImageOptions, tag);
    SIZE("PUSH", WslcPushImageOptions); AT("PUSH_IMAGE", WslcPushImageOptions, image); AT("PUSH_AUTH", WslcPushImageOptions, registryAuth);
    AT("PUSH_CALLBACK", WslcPushImageOptions, progressCallback); AT("PUSH_CONTEXT", WslcPushImageOptions, progressCallbackContext);
    SIZE("VERSION", WslcVersion); AT("VERSION_MAJOR", WslcVersion, major); AT("VERSION_MINOR", WslcVersion, minor);
    AT("VERSION_REVISION", WslcVersion, revision);
    SIZE("ADDRESS", WinSockaddrStorage); AT("ADDRESS_FAMILY", WinSockaddrStorage, family); AT("ADDRESS_IPV4", WinSockaddrIn, addr);
    AT("ADDRESS_IPV6", WinSockaddrIn6, addr);
    SIZE("session settings", SessionSettings); SIZE("process settings", ProcessSettings); SIZE("container settings", ContainerSettings);
    return 0;
}
