/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.plugin.engine.wslc.internal.windows.TimeZones;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A container's specification in the words of {@code wslc create}. */
final class CreateArguments {

    private static final String SHARED_MEMORY = "1g";

    private final ContainerSpec spec;
    private final List<String> arguments = new ArrayList<>();

    CreateArguments(ContainerSpec spec) {
        this.spec = spec;
    }

    /**
     * All of them.
     *
     * @param gpu whether to ask for the graphics processor
     */
    List<String> list(boolean gpu) {
        arguments.clear();
        add("create", "--name", Names.container(spec.id()));
        add("--hostname", spec.hostname().isEmpty() ? spec.id() : spec.hostname());
        add("--shm-size", SHARED_MEMORY);
        if (gpu) {
            add("--gpus", "all");
        }
        new TreeMap<>(spec.labels()).forEach((name, value) -> add("--label", name + "=" + value));
        add("--label", Names.CONTAINER_LABEL + "=" + spec.id());
        new TreeMap<>(spec.environment()).forEach((name, value) -> add("--env", name + "=" + value));
        if (!spec.environment().containsKey("TZ")) {
            add("--env", "TZ=" + TimeZones.forGuest(ZoneId.systemDefault()));
        }
        if (!spec.user().isEmpty()) {
            add("--user", spec.user());
        }
        if (!spec.workingFolder().isEmpty()) {
            add("--workdir", spec.workingFolder());
        }
        limits();
        network();
        spec.mounts().forEach(this::mount);
        if (spec.command().isEmpty()) {
            add(spec.image().reference());
        } else {
            // What the image would put before the command is not wanted.
            add("--entrypoint", spec.command().get(0), spec.image().reference());
            arguments.addAll(spec.command().subList(1, spec.command().size()));
        }
        return List.copyOf(arguments);
    }

    private void limits() {
        if (spec.resources().memoryBytes() > 0) {
            add("--memory", spec.resources().memoryBytes() + "b");
        }
        if (spec.resources().cpus() > 0) {
            add("--cpus", String.format(Locale.ROOT, "%.3f", spec.resources().cpus()));
        }
    }

    private void network() {
        if (spec.network().kind() == NetworkSpec.Kind.NONE) {
            add("--network", "none");
            return;
        }
        if (spec.network().kind() == NetworkSpec.Kind.NAMED) {
            add("--network", Names.network(spec.network().name()), "--network-alias", spec.id());
        }
        for (PortMapping port : spec.ports()) {
            // Without a number, a free one is taken.
            add("--publish", "127.0.0.1:" + (port.hostPort() == 0 ? "" : port.hostPort()) + ":" + port.guestPort());
        }
    }

    private void mount(Mount mount) {
        String end = mount.target() + (mount.readOnly() ? ":ro" : "");
        if (mount.kind() == Mount.Kind.TMPFS) {
            String options = (mount.sizeBytes() > 0 ? "size=" + mount.sizeBytes() : "")
                    + (mount.readOnly() ? (mount.sizeBytes() > 0 ? ",ro" : "ro") : "");
            add("--tmpfs", mount.target() + (options.isEmpty() ? "" : ":" + options));
        } else {
            add("--volume", mount.source() + ":" + end);
        }
    }

    private void add(String... words) {
        arguments.addAll(List.of(words));
    }
}
