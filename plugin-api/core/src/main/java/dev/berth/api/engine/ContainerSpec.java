/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A container to be made.
 *
 * @param id unique on this host; letters, digits, {@code _ . -}
 * @param image what its root file system is made from
 * @param folder an existing folder of this host, owned by Berth, where an engine that keeps the writable layer itself
 *     puts it ({@code upper/}), with its logs ({@code logs/}) and state; it outlives Berth
 * @param runtimeFolder an existing folder of this host to appear as {@code /run/berth} in the guest, if the engine has
 *     {@link EngineCapability#SHARED_UNIX_SOCKETS}; else the engine makes an empty folder there and copies the files in
 * @param command the first process, argument by argument; the image's own when empty
 * @param user as in the image configuration; empty means the image's
 * @param workingFolder absolute; empty means the image's
 * @param hostname empty means the id
 * @param init what the first process is
 * @param labels for the engine to keep; {@code dev.berth.} names are Berth's
 */
public record ContainerSpec(
        String id,
        EngineImage image,
        Path folder,
        Path runtimeFolder,
        List<String> command,
        Map<String, String> environment,
        String user,
        String workingFolder,
        String hostname,
        Init init,
        List<Mount> mounts,
        Resources resources,
        NetworkSpec network,
        List<PortMapping> ports,
        Map<String, String> labels) {

    /** What a container's first process is. */
    public enum Init {
        /** The command itself is process 1, and must reap its children. */
        COMMAND,
        /** The command is systemd: it gets a writable cgroup, tmpfs on /run and the container variable. */
        SYSTEMD
    }

    public ContainerSpec {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException("not a container id: " + id);
        }
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(runtimeFolder, "runtimeFolder");
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(workingFolder, "workingFolder");
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(init, "init");
        mounts = List.copyOf(mounts);
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(network, "network");
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
    }

    /** Begins a specification with the parts that have no default. */
    public static Builder builder(String id, EngineImage image, Path folder, Path runtimeFolder) {
        return new Builder(id, image, folder, runtimeFolder);
    }

    /** Collects a specification. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final EngineImage image;
        private final Path folder;
        private final Path runtimeFolder;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Mount> mounts = new ArrayList<>();
        private final List<PortMapping> ports = new ArrayList<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private List<String> command = List.of();
        private String user = "";
        private String workingFolder = "";
        private String hostname = "";
        private Init init = Init.COMMAND;
        private Resources resources = Resources.UNLIMITED;
        private NetworkSpec network = NetworkSpec.OUTGOING;

        private Builder(String id, EngineImage image, Path folder, Path runtimeFolder) {
            this.id = id;
            this.image = image;
            this.folder = folder;
            this.runtimeFolder = runtimeFolder;
        }

        /** The first process. */
        public Builder command(List<String> value) {
            command = List.copyOf(value);
            return this;
        }

        /** Sets an environment variable. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets environment variables. */
        public Builder environment(Map<String, String> values) {
            environment.putAll(values);
            return this;
        }

        /** Who the first process runs as. */
        public Builder user(String value) {
            user = value;
            return this;
        }

        /** Where the first process starts. */
        public Builder workingFolder(String value) {
            workingFolder = value;
            return this;
        }

        /** The guest's host name. */
        public Builder hostname(String value) {
            hostname = value;
            return this;
        }

        /** What the first process is. */
        public Builder init(Init value) {
            init = value;
            return this;
        }

        /** Adds a mount. */
        public Builder mount(Mount value) {
            mounts.add(value);
            return this;
        }

        /** Sets the limits. */
        public Builder resources(Resources value) {
            resources = value;
            return this;
        }

        /** Sets the network. */
        public Builder network(NetworkSpec value) {
            network = value;
            return this;
        }

        /** Publishes a port. */
        public Builder port(PortMapping value) {
            ports.add(value);
            return this;
        }

        /** Sets a label. */
        public Builder label(String name, String value) {
            labels.put(name, value);
            return this;
        }

        /** The specification. */
        public ContainerSpec build() {
            return new ContainerSpec(
                    id,
                    image,
                    folder,
                    runtimeFolder,
                    command,
                    environment,
                    user,
                    workingFolder,
                    hostname,
                    init,
                    mounts,
                    resources,
                    network,
                    ports,
                    labels);
        }
    }
}
