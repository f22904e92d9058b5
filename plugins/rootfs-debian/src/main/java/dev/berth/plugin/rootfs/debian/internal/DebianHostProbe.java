/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.host.HostProbe;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.archive.Decompressor;
import dev.berth.plugin.rootfs.debian.internal.mirror.AptSources;
import dev.berth.plugin.rootfs.debian.internal.mirror.MirrorChoice;
import dev.berth.plugin.rootfs.debian.internal.mirror.SourceEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Tells whether this host knows a mirror, can check its signature, and unpacks at full speed. */
@Component(service = HostProbe.class)
public final class DebianHostProbe implements HostProbe {

    private final Path etcApt;

    @Activate
    public DebianHostProbe() {
        this(Path.of("/etc/apt"));
    }

    DebianHostProbe(Path etcApt) {
        this.etcApt = etcApt;
    }

    @Override
    public String plugin() {
        return "rootfs-debian";
    }

    @Override
    public List<HostCheck> check(TaskContext context) {
        List<HostCheck> checks = new ArrayList<>();
        List<SourceEntry> sources = AptSources.read(etcApt).stream()
                .filter(e ->
                        e.archiveName().startsWith("debian") || e.archiveName().startsWith("ubuntu"))
                .toList();
        if (sources.isEmpty()) {
            checks.add(new HostCheck(
                    "apt sources",
                    HostCheck.Status.LIMITED,
                    "No mirror is known, so Debian and Ubuntu start from OCI base images.",
                    Remedy.advice("Name a mirror in the recipe's option \"mirror\".")));
            return checks;
        }
        checks.add(HostCheck.ok(
                "apt sources",
                "Suites: "
                        + String.join(
                                ", ",
                                sources.stream()
                                        .map(SourceEntry::suite)
                                        .distinct()
                                        .toList()) + "."));
        boolean keys = sources.stream()
                        .flatMap(e -> e.signedBy().stream())
                        .anyMatch(key -> key.startsWith("-----BEGIN") || Files.isReadable(Path.of(key)))
                || !MirrorChoice.defaultKeyrings("debian").isEmpty()
                || !MirrorChoice.defaultKeyrings("ubuntu").isEmpty();
        checks.add(
                keys
                        ? HostCheck.ok("archive keyring", "The mirror's signature can be checked.")
                        : new HostCheck(
                                "archive keyring",
                                HostCheck.Status.MISSING,
                                "Without it the mirror's signature cannot be checked.",
                                Remedy.installPackages("debian-archive-keyring")));
        checks.add(
                Decompressor.hasNativeXz()
                        ? HostCheck.ok("liblzma", "Packages are unpacked by the system's library.")
                        : new HostCheck(
                                "liblzma",
                                HostCheck.Status.LIMITED,
                                "Packages are unpacked in Java, which takes several times as long.",
                                Remedy.installPackages("liblzma5")));
        return checks;
    }
}
