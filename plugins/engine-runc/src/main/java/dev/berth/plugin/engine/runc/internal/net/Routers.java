/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Elevation;
import dev.berth.plugin.engine.runc.internal.host.SubordinateIds;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the router of a home, with the settings that fit the user. */
final class Routers {

    /** What the router's network is set up and connected with. */
    static final List<String> PROGRAMS = List.of("ip", "nft", "slirp4netns");

    private Routers() {}

    static Router of(EngineHome home, Elevation elevation) throws IOException {
        boolean network = Files.isWritable(Path.of("/dev/net/tun"))
                && PROGRAMS.stream().allMatch(program -> Commands.find(program).isPresent());
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("UPLINK", network ? new Leases(home.networks()).prefix() + "." + Leases.UPLINK + ".0/24" : "");
        settings.put("NETWORK", network ? "yes" : "");
        settings.put("USER_NAMESPACE", elevation.rootless() ? "yes" : "");
        settings.put("UID_MAP", SubordinateIds.arguments(elevation.ids().uids()));
        settings.put("GID_MAP", SubordinateIds.arguments(elevation.ids().gids()));
        return new Router(home.networks().resolve("router"), settings);
    }

    /** The member that stands for this process. */
    static String self() {
        return "@" + ProcessHandle.current().pid();
    }
}
