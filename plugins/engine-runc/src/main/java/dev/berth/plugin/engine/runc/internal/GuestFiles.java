/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.net.Attachment;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.ContainerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The three files of /etc that belong to the container and not to its image. */
final class GuestFiles {

    /** Writes them in place: they may be mounted in a running container, which would not see a renamed file. */
    void write(ContainerRecord record, ContainerFiles files, Optional<Attachment> network) throws IOException {
        String name = record.hostname();
        StringBuilder hosts = new StringBuilder("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
        hosts.append(network.map(Attachment::address).orElse("127.0.1.1"))
                .append('\t')
                .append(name)
                .append('\n');
        network.ifPresent(attachment ->
                attachment.hosts().forEach(line -> hosts.append(line).append('\n')));
        Files.writeString(files.hosts(), hosts);
        Files.writeString(files.hostname(), name + "\n");
        Files.writeString(
                files.resolvConf(),
                network.map(attachment -> "nameserver " + attachment.nameserver() + "\n" + searchDomains())
                        .orElse(""));
    }

    /** The guest asks the host's resolver, so short names mean in it what they mean on the host (resolv.conf(5)). */
    private static String searchDomains() {
        StringBuilder lines = new StringBuilder();
        for (String line : Proc.read(Path.of("/etc/resolv.conf")).orElse("").split("\n")) {
            if (line.startsWith("search ") || line.startsWith("domain ")) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }
}
