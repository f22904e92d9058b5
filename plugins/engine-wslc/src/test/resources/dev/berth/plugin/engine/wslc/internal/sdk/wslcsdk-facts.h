/* SPDX-License-Identifier: Apache-2.0 */
/* The public structures of wslcsdk.h, written down anew from its documentation; only what a layout depends on. */
#ifndef WSLCSDK_FACTS_H
#define WSLCSDK_FACTS_H
#include <stddef.h>
#include <stdint.h>

typedef int32_t HRESULT;
typedef uint16_t wide; /* UTF-16 on Windows; wchar_t has four bytes elsewhere */

typedef struct { const char *name; uint64_t sizeBytes; int32_t type; uint32_t flags, uid, gid; } WslcVhdRequirements;
typedef struct { const wide *dumpPath; const char *processName; uint32_t pid, signal; uint64_t timestamp; } WslcSessionCrashDumpInfo;
typedef struct { uint16_t windowsPort, containerPort; int32_t protocol; void *windowsAddress; } WslcContainerPortMapping;
typedef struct { const wide *windowsPath; const char *containerPath; int32_t readOnly; } WslcContainerVolume;
typedef struct { const char *name; const char *containerPath; int32_t readOnly; } WslcContainerNamedVolume;
typedef void (*WslcStdIOCallback)(int32_t, const uint8_t *, uint32_t, void *);
typedef void (*WslcProcessExitCallback)(int32_t, void *);
typedef struct { WslcStdIOCallback onStdOut, onStdErr; WslcProcessExitCallback onExit; } WslcProcessCallbacks;
typedef struct { uint64_t currentBytes, totalBytes; } WslcImageProgressDetail;
typedef struct { const char *id; int32_t status; WslcImageProgressDetail detail; } WslcImageProgressMessage;
typedef HRESULT (*WslcProgress)(const WslcImageProgressMessage *, void *);
typedef struct { const char *uri; WslcProgress progressCallback; void *progressCallbackContext; const char *registryAuth; } WslcPullImageOptions;
typedef struct { WslcProgress progressCallback; void *progressCallbackContext; } WslcLoadImageOptions;
typedef struct { char name[256]; uint8_t sha256[32]; int64_t sizeBytes; uint64_t createdUnixTime; } WslcImageInfo;
typedef struct { const char *image, *repo, *tag; } WslcTagImageOptions;
typedef struct { const char *image, *registryAuth; WslcProgress progressCallback; void *progressCallbackContext; } WslcPushImageOptions;
typedef struct { uint32_t major, minor, revision; } WslcVersion;
typedef void (*WslcCrash)(const WslcSessionCrashDumpInfo *, void *);
typedef void (*WslcInstall)(int32_t, uint32_t, uint32_t, void *);

/* Of Windows: sockaddr_storage, and where addresses are in sockaddr_in and sockaddr_in6. */
typedef struct { uint16_t family; char pad1[6]; int64_t align; char pad2[112]; } WinSockaddrStorage;
typedef struct { uint16_t family, port; uint8_t addr[4]; char zero[8]; } WinSockaddrIn;
typedef struct { uint16_t family, port; uint32_t flowinfo; uint8_t addr[16]; uint32_t scope; } WinSockaddrIn6;

/* What is behind the opaque settings. */
typedef struct { const wide *displayName, *storagePath; uint32_t cpu, memMb, bootTimeoutMs; WslcVhdRequirements vhd; uint32_t features; } SessionSettings;
typedef struct { const char *const *argv; uint32_t argc; const char *const *env; uint32_t envc, flags; const char *workdir;
    WslcProcessCallbacks callbacks; void *ctx; } ProcessSettings;
typedef struct { const char *image, *name, *host, *domain; const WslcContainerPortMapping *ports; uint32_t nPorts;
    const WslcContainerVolume *volumes; uint32_t nVolumes; const WslcContainerNamedVolume *named; uint32_t nNamed;
    const ProcessSettings *init; const char *networkMode; uint32_t flags;
#ifndef SDK_3_0_1
    const char *const *capAdd; uint32_t nAdd; const char *const *capDrop; uint32_t nDrop;
#endif
} ContainerSettings;
#endif
