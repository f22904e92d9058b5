/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.image.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A container as it was made: its specification and what its image said then. */
public record ContainerRecord(ContainerSpec spec, ImageRecord image) {

    /** Reads what {@link #write} wrote. */
    public static ContainerRecord read(Path file) throws IOException {
        Fields fields = Fields.read(file);
        try {
            return new ContainerRecord(spec(fields), ImageRecord.of(fields));
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged: " + file, e);
        }
    }

    private static ContainerSpec spec(Fields fields) {
        EngineImage engineImage = new EngineImage(
                fields.get("image.engine"), fields.get("image.reference"), Digest.parse(fields.get("image.digest")));
        ContainerSpec.Builder builder = ContainerSpec.builder(
                        fields.get("id"),
                        engineImage,
                        Path.of(fields.get("folder")),
                        Path.of(fields.get("runtimeFolder")))
                .command(fields.list("command"))
                .environment(fields.map("environment"))
                .user(fields.get("user"))
                .workingFolder(fields.get("workingFolder"))
                .hostname(fields.get("hostname"))
                .init(ContainerSpec.Init.valueOf(fields.get("init")))
                .resources(new Resources(
                        fields.number("memoryBytes"),
                        Double.parseDouble(fields.get("cpus")),
                        fields.number("processes")))
                .network(new NetworkSpec(
                        NetworkSpec.Kind.valueOf(fields.get("network.kind")), fields.get("network.name")));
        for (int i = 0; i < fields.number("mount.count"); i++) {
            String at = "mount." + i + ".";
            builder.mount(new Mount(
                    Mount.Kind.valueOf(fields.get(at + "kind")),
                    fields.get(at + "source"),
                    fields.get(at + "target"),
                    Boolean.parseBoolean(fields.get(at + "readOnly")),
                    fields.number(at + "sizeBytes")));
        }
        for (int i = 0; i < fields.number("port.count"); i++) {
            builder.port(new PortMapping(
                    (int) fields.number("port." + i + ".host"), (int) fields.number("port." + i + ".guest")));
        }
        fields.map("label").forEach(builder::label);
        return builder.build();
    }

    /** Writes it, atomically. */
    public void write(Path file) throws IOException {
        Fields fields = new Fields()
                .set("id", spec.id())
                .set("image.engine", spec.image().engine())
                .set("image.reference", spec.image().reference())
                .set("image.digest", spec.image().digest())
                .set("folder", spec.folder())
                .set("runtimeFolder", spec.runtimeFolder())
                .setList("command", spec.command())
                .setMap("environment", spec.environment())
                .set("user", spec.user())
                .set("workingFolder", spec.workingFolder())
                .set("hostname", spec.hostname())
                .set("init", spec.init())
                .set("memoryBytes", spec.resources().memoryBytes())
                .set("cpus", spec.resources().cpus())
                .set("processes", spec.resources().processes())
                .set("network.kind", spec.network().kind())
                .set("network.name", spec.network().name())
                .setMap("label", spec.labels());
        List<Mount> mounts = spec.mounts();
        fields.set("mount.count", mounts.size());
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            fields.set("mount." + i + ".kind", mount.kind())
                    .set("mount." + i + ".source", mount.source())
                    .set("mount." + i + ".target", mount.target())
                    .set("mount." + i + ".readOnly", mount.readOnly())
                    .set("mount." + i + ".sizeBytes", mount.sizeBytes());
        }
        List<PortMapping> ports = spec.ports();
        fields.set("port.count", ports.size());
        for (int i = 0; i < ports.size(); i++) {
            fields.set("port." + i + ".host", ports.get(i).hostPort());
            fields.set("port." + i + ".guest", ports.get(i).guestPort());
        }
        image.put(fields);
        fields.write(file);
    }

    /** The same container with other limits. */
    public ContainerRecord with(Resources resources) {
        ContainerSpec.Builder builder = ContainerSpec.builder(
                        spec.id(), spec.image(), spec.folder(), spec.runtimeFolder())
                .command(spec.command())
                .environment(spec.environment())
                .user(spec.user())
                .workingFolder(spec.workingFolder())
                .hostname(spec.hostname())
                .init(spec.init())
                .resources(resources)
                .network(spec.network());
        spec.mounts().forEach(builder::mount);
        spec.ports().forEach(builder::port);
        spec.labels().forEach(builder::label);
        return new ContainerRecord(builder.build(), image);
    }

    /** The command: the specification's, else the image's. */
    public List<String> command() {
        return spec.command().isEmpty() ? image.command() : spec.command();
    }

    /** Who the first process runs as, as the image configuration writes it. */
    public String user() {
        return spec.user().isEmpty() ? image.user() : spec.user();
    }

    /** Where the first process starts. */
    public String workingFolder() {
        return spec.workingFolder().isEmpty() ? image.workingFolder() : spec.workingFolder();
    }

    /** The guest's host name: a label of at most 63 letters, digits and hyphens. */
    public String hostname() {
        String name = spec.hostname().isEmpty() ? spec.id() : spec.hostname();
        return name.replaceAll("[^A-Za-z0-9.-]", "-");
    }
}
