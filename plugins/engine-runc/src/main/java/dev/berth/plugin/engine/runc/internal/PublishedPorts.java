/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.PortMapping;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The ports that a container was last started with, where the engine has chosen those that were left to it. */
final class PublishedPorts {

    private PublishedPorts() {}

    static void write(ContainerFiles files, List<PortMapping> ports) throws IOException {
        Fields fields = new Fields().set("count", ports.size());
        for (int i = 0; i < ports.size(); i++) {
            fields.set("host." + i, ports.get(i).hostPort())
                    .set("guest." + i, ports.get(i).guestPort());
        }
        fields.write(files.ports());
    }

    static List<PortMapping> read(ContainerFiles files) throws IOException {
        List<PortMapping> ports = new ArrayList<>();
        if (Files.exists(files.ports())) {
            Fields fields = Fields.read(files.ports());
            for (int i = 0; i < fields.number("count"); i++) {
                ports.add(new PortMapping((int) fields.number("host." + i), (int) fields.number("guest." + i)));
            }
        }
        return ports;
    }
}
