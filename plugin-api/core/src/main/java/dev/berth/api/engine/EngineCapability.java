/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

/** What an engine can do on this host, beyond running containers. */
public enum EngineCapability {
    /** Containers go on when Berth ends, and are found again. */
    OUTLIVES_BERTH,
    /** Host folders can be mounted into containers. */
    BIND_MOUNTS,
    /** A unix socket that the guest makes in a mounted folder can be connected to from the host. */
    SHARED_UNIX_SOCKETS,
    /** Memory, processor and process limits are enforced. */
    RESOURCE_LIMITS,
    /** Limits can be changed while the container runs. */
    LIVE_RESOURCE_LIMITS,
    /** Containers can be frozen and thawed. */
    PAUSE,
    /** The memory of a container can be kept in a snapshot. */
    CHECKPOINT,
    /** The writable layer can be exported as an image layer. */
    EXPORT_CHANGES,
    /** Containers can reach the network outside. */
    OUTGOING_NETWORK,
    /** Networks with names that containers join and find each other on. */
    NAMED_NETWORKS,
    /** Ports of a container can be reached on the host's loopback. */
    PUBLISHED_PORTS,
    /** A container may run systemd as its first process. */
    SYSTEMD,
    /** A graphics processor is at hand in containers. */
    GPU,
    /** The engine runs without any privilege of the host. */
    ROOTLESS,
    /** Images are kept in a store of the engine's own; loading one copies it there. */
    OWN_IMAGE_STORE,
    /** A container with {@code /dev/fuse} may mount file systems by it, safely: it runs in a user namespace. */
    FUSE
}
