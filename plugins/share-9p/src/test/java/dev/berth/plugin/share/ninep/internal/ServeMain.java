/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import dev.berth.api.share.ListenAddress;
import dev.berth.plugin.share.ninep.internal.linux.LinuxVolume;
import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.server.Listener;
import dev.berth.plugin.share.ninep.internal.server.NinepServer;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import java.nio.file.Path;

/** Serves a folder until its standard input ends; prints the number of requests for each line that it reads. */
public final class ServeMain {

    private ServeMain() {}

    /** Folder, address, secret (may be empty). */
    public static void main(String[] args) throws Exception {
        LinuxVolume volume = LinuxVolume.open(Path.of(args[0]), Ownership.hosts());
        Listener listener = Listener.open(ListenAddress.parse(args[1]));
        String secret = args.length > 2 ? args[2] : "";
        try (NinepServer server = NinepServer.start(new Export(volume, false, secret), listener.channel(), "main")) {
            System.out.println("listening " + listener.address());
            while (System.in.read() >= 0) {
                System.out.println(
                        server.counters().total() + " " + server.counters().byType());
            }
        }
        listener.cleanUp();
    }
}
