/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container's specification in the words of the two engines. Podman is spoken to in its own: what it understands of
 * Docker's cannot express a mount whose path has a comma, nor that it be nosuid and nodev.
 */
final class CreateBody {

    private static final long SHARED_MEMORY = 1L << 30;
    private static final long PERIOD_MICROSECONDS = 100_000;
    private static final long NANO = 1_000_000_000;
    private static final String FUSE = "/dev/fuse";

    private final ContainerSpec spec;
    private final boolean runtimeFolderMounted;

    CreateBody(ContainerSpec spec, boolean runtimeFolderMounted) {
        this.spec = spec;
        this.runtimeFolderMounted = runtimeFolderMounted;
    }

    /** Docker Engine API, "Create a container". */
    Map<String, Object> docker() {
        Map<String, Object> host = new LinkedHashMap<>(limits(spec.resources()));
        host.put("ShmSize", SHARED_MEMORY);
        host.put("NetworkMode", networkMode());
        host.put("Mounts", mounts().stream().map(CreateBody::dockerMount).toList());
        host.put(
                "Devices",
                devices().stream()
                        .map(device -> Json.object(
                                "PathOnHost", device, "PathInContainer", device, "CgroupPermissions", "rwm"))
                        .toList());
        host.put("CapAdd", capabilities());
        Map<String, Object> exposed = new LinkedHashMap<>();
        Map<String, Object> bindings = new LinkedHashMap<>();
        for (PortMapping port : spec.ports()) {
            String guest = port.guestPort() + "/tcp";
            String hostPort = port.hostPort() == 0 ? "" : Integer.toString(port.hostPort());
            exposed.put(guest, Map.of());
            bindings.put(guest, List.of(Json.object("HostIp", "127.0.0.1", "HostPort", hostPort)));
        }
        host.put("PortBindings", bindings);
        Map<String, Object> body = Json.object(
                "Image", spec.image().reference(),
                "Hostname", hostname(),
                "Env", environment(),
                "Labels", labels(),
                "ExposedPorts", exposed,
                "HostConfig", host);
        if (!spec.command().isEmpty()) {
            // The image's own entry point must not come before it.
            body.put("Entrypoint", List.of(spec.command().get(0)));
            body.put("Cmd", spec.command().subList(1, spec.command().size()));
        }
        put(body, "User", spec.user());
        put(body, "WorkingDir", spec.workingFolder());
        if (spec.network().kind() == NetworkSpec.Kind.NAMED) {
            body.put(
                    "NetworkingConfig", Map.of("EndpointsConfig", Map.of(networkMode(), Map.of("Aliases", aliases()))));
        }
        return body;
    }

    /** Podman's libpod API 4, "Create a container" (its SpecGenerator). */
    Map<String, Object> podman() {
        boolean none = spec.network().kind() == NetworkSpec.Kind.NONE;
        List<Object> ports = new ArrayList<>();
        for (PortMapping port : spec.ports()) {
            ports.add(Json.object(
                    "host_ip",
                    "127.0.0.1",
                    "host_port",
                    port.hostPort(),
                    "container_port",
                    port.guestPort(),
                    "protocol",
                    "tcp"));
        }
        Map<String, Object> body = Json.object(
                "name", Names.container(spec.id()),
                "image", spec.image().reference(),
                "hostname", hostname(),
                "env", spec.environment(),
                "labels", labels(),
                "mounts", mounts().stream().map(CreateBody::podmanMount).toList(),
                "devices",
                        devices().stream()
                                .map(device -> Json.object("path", device))
                                .toList(),
                "cap_add", capabilities(),
                "shm_size", SHARED_MEMORY,
                "netns", Map.of("nsmode", none ? "none" : "bridge"),
                // Whether the command is systemd is for Berth to say, not for Podman to guess.
                "systemd", "false",
                "resource_limits", podmanLimits(spec.resources()));
        if (!none) {
            body.put("portmappings", ports);
        }
        if (!spec.command().isEmpty()) {
            body.put("entrypoint", List.of(spec.command().get(0)));
            body.put("command", spec.command().subList(1, spec.command().size()));
        }
        put(body, "user", spec.user());
        put(body, "work_dir", spec.workingFolder());
        if (spec.network().kind() == NetworkSpec.Kind.NAMED) {
            body.put("Networks", Map.of(networkMode(), Map.of("aliases", aliases())));
        }
        return body;
    }

    /** Limits as Docker's create and update take them. */
    static Map<String, Object> limits(Resources resources) {
        Map<String, Object> limits = new LinkedHashMap<>();
        if (resources.memoryBytes() > 0) {
            limits.put("Memory", resources.memoryBytes());
            limits.put("MemorySwap", resources.memoryBytes());
        }
        if (resources.cpus() > 0) {
            limits.put("NanoCpus", (long) (resources.cpus() * NANO));
        }
        if (resources.processes() > 0) {
            limits.put("PidsLimit", resources.processes());
        }
        return limits;
    }

    /** Limits in the words of the OCI runtime specification, as Podman's create and update take them. */
    static Map<String, Object> podmanLimits(Resources resources) {
        Map<String, Object> limits = new LinkedHashMap<>();
        if (resources.memoryBytes() > 0) {
            limits.put("memory", Json.object("limit", resources.memoryBytes(), "swap", resources.memoryBytes()));
        }
        if (resources.cpus() > 0) {
            limits.put(
                    "cpu",
                    Json.object(
                            "quota", (long) (resources.cpus() * PERIOD_MICROSECONDS), "period", PERIOD_MICROSECONDS));
        }
        if (resources.processes() > 0) {
            limits.put("pids", Map.of("limit", resources.processes()));
        }
        return limits;
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        if (runtimeFolderMounted) {
            mounts.add(Mount.bind(spec.runtimeFolder().toAbsolutePath().toString(), Names.RUNTIME_FOLDER, false));
        }
        spec.mounts().stream()
                .filter(mount -> mount.kind() != Mount.Kind.DEVICE)
                .forEach(mounts::add);
        return mounts;
    }

    private List<String> devices() {
        return spec.mounts().stream()
                .filter(mount -> mount.kind() == Mount.Kind.DEVICE)
                .map(Mount::source)
                .distinct()
                .toList();
    }

    /** Mounting by /dev/fuse takes a right that reaches no further than the user namespace of a rootless engine. */
    private List<String> capabilities() {
        return devices().contains(FUSE) ? List.of("SYS_ADMIN") : List.of();
    }

    private static Map<String, Object> dockerMount(Mount mount) {
        return switch (mount.kind()) {
            case BIND ->
                Json.object(
                        "Type",
                        "bind",
                        "Source",
                        mount.source(),
                        "Target",
                        mount.target(),
                        "ReadOnly",
                        mount.readOnly(),
                        "BindOptions",
                        Map.of("Propagation", "rprivate"));
            case VOLUME ->
                Json.object(
                        "Type",
                        "volume",
                        "Source",
                        Names.container(mount.source()),
                        "Target",
                        mount.target(),
                        "ReadOnly",
                        mount.readOnly());
            case DEVICE -> throw new IllegalArgumentException("no mount: " + mount);
            case TMPFS ->
                Json.object(
                        "Type",
                        "tmpfs",
                        "Target",
                        mount.target(),
                        "ReadOnly",
                        mount.readOnly(),
                        "TmpfsOptions",
                        mount.sizeBytes() > 0 ? Map.of("SizeBytes", mount.sizeBytes()) : Map.of());
        };
    }

    private static Map<String, Object> podmanMount(Mount mount) {
        List<String> options = new ArrayList<>(List.of("nosuid", "nodev", mount.readOnly() ? "ro" : "rw"));
        String type = "bind";
        String source = mount.source();
        switch (mount.kind()) {
            case DEVICE -> throw new IllegalArgumentException("no mount: " + mount);
            case BIND -> options.addAll(List.of("rbind", "rprivate"));
            case VOLUME -> {
                type = "volume";
                source = Names.container(mount.source());
            }
            case TMPFS -> {
                type = "tmpfs";
                source = "tmpfs";
                if (mount.sizeBytes() > 0) {
                    options.add("size=" + mount.sizeBytes());
                }
            }
        }
        return Json.object("type", type, "source", source, "destination", mount.target(), "options", options);
    }

    private String networkMode() {
        return switch (spec.network().kind()) {
            case NONE -> "none";
            case OUTGOING -> "bridge";
            case NAMED -> Names.network(spec.network().name());
        };
    }

    private String hostname() {
        return spec.hostname().isEmpty() ? spec.id() : spec.hostname();
    }

    private List<String> aliases() {
        return spec.id().equals(hostname()) ? List.of(spec.id()) : List.of(spec.id(), hostname());
    }

    private List<String> environment() {
        return spec.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private Map<String, Object> labels() {
        Map<String, Object> labels = new LinkedHashMap<>(spec.labels());
        labels.put(Names.CONTAINER_LABEL, spec.id());
        if (!runtimeFolderMounted) {
            labels.put(RuntimeFiles.LABEL, spec.runtimeFolder().toAbsolutePath().toString());
        }
        return labels;
    }

    private static void put(Map<String, Object> body, String key, String value) {
        if (!value.isEmpty()) {
            body.put(key, value);
        }
    }
}
