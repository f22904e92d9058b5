/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.engine.PortMapping;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A container's place on a bridge.
 *
 * @param address of the container, without the prefix length
 * @param gateway the router's address on that bridge
 * @param nameserver where names are asked for
 * @param neighbours addresses by host name, of others on the same named network
 * @param bridge name of the bridge in the router
 * @param port name of the router's end of the wire
 * @param ports as they are published
 * @param member the file that keeps the router alive while the process named in it lives
 */
public record Attachment(
        String address,
        String gateway,
        String nameserver,
        Map<String, String> neighbours,
        String bridge,
        String port,
        Router.Running router,
        Path member,
        List<PortMapping> ports) {

    /** What the supervisor's script needs. */
    public Map<String, String> settings() {
        return Map.of(
                "ROUTER",
                Long.toString(router.holder()),
                "ROUTER_GUARD",
                Long.toString(router.guard()),
                "MEMBER",
                member.toString(),
                "BRIDGE",
                bridge,
                "PORT",
                port,
                "ADDRESS",
                address + "/24",
                "GATEWAY",
                gateway,
                "MTU",
                Integer.toString(Router.MTU));
    }

    /** The neighbours as lines of hosts(5). */
    public List<String> hosts() {
        return Neighbours.lines(neighbours);
    }

    /** The line that stands for this process in a member file until the supervisor writes its own. */
    static String self() {
        long pid = ProcessHandle.current().pid();
        return pid + " " + Proc.startTime(pid).orElse("0") + "\n";
    }
}
