/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Elevation;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks of one home: who is on which bridge with which address. */
public final class Networks {

    static final String LOCK = "networks";

    private final EngineHome home;
    private final Elevation elevation;
    private final Leases leases;

    /** The networks of a home. */
    public Networks(EngineHome home, Elevation elevation) {
        this.home = home;
        this.elevation = elevation;
        leases = new Leases(home.networks());
    }

    /** Gives a container an address on its network and starts the router if need be. */
    public Attachment join(ContainerSpec spec, ContainerFiles files)
            throws EngineException, IOException, InterruptedException {
        for (String program : Routers.PROGRAMS) {
            if (Commands.find(program).isEmpty()) {
                throw new EngineException(
                        "engine.network",
                        ErrorKind.MISSING,
                        "Containers with a way out need " + program + ", which is not installed.",
                        "",
                        Remedy.installPackages("iproute2", "nftables", "slirp4netns"),
                        null);
            }
        }
        return home.<Attachment, EngineException>locked(LOCK, () -> {
            String network = name(spec.network());
            if (spec.network().kind() == NetworkSpec.Kind.NAMED && !leases.exists(network)) {
                throw unknown(network);
            }
            String prefix = leases.prefix();
            int index = leases.make(network);
            int number = leases.take(network, spec.id());
            if (spec.network().kind() == NetworkSpec.Kind.NAMED) {
                Neighbours.tell(home, leases.numbers(network), prefix + "." + index + ".");
            }
            Router router = router();
            Router.Running running = router.hold(spec.id());
            bridge(router, running, prefix, index);
            String address = prefix + "." + index + "." + number;
            return new Attachment(
                    address,
                    prefix + "." + index + ".1",
                    prefix + "." + Leases.UPLINK + ".3",
                    spec.network().kind() == NetworkSpec.Kind.NAMED
                            ? Neighbours.of(home, leases.numbers(network), prefix + "." + index + ".", spec.id())
                            : Map.of(),
                    "b" + index,
                    "v" + index + "-" + number,
                    running,
                    router.member(spec.id()),
                    ports(router, running, prefix).publish(spec.id(), address, spec.ports()));
        });
    }

    /** Keeps the router for a container without a network of ours, where its namespaces hold the user's rights. */
    public Map<String, String> hold(ContainerSpec spec) throws EngineException, IOException, InterruptedException {
        if (!elevation.rootless()) {
            return Map.of();
        }
        return home.<Map<String, String>, EngineException>locked(LOCK, () -> {
            Router router = router();
            Router.Running running = router.hold(spec.id());
            return Map.of(
                    "ROUTER_GUARD",
                    Long.toString(running.guard()),
                    "MEMBER",
                    router.member(spec.id()).toString());
        });
    }

    private Ports ports(Router router, Router.Running running, String prefix) {
        return new Ports(router, running, prefix, elevation);
    }

    /** Takes back ports of containers that ended. */
    public void settle(ContainerSpec spec) throws EngineException, IOException, InterruptedException {
        if (spec.ports().isEmpty()) {
            return;
        }
        home.<Optional<Void>, EngineException>locked(LOCK, () -> {
            Router router = router();
            Optional<Router.Running> running = router.running();
            if (running.isPresent()) {
                ports(router, running.get(), leases.prefix()).reconcile();
            }
            return Optional.empty();
        });
    }

    /** Undoes a join whose container did not start. */
    public void leave(ContainerSpec spec) throws IOException, InterruptedException {
        if (elevation.rootless() || spec.network().kind() != NetworkSpec.Kind.NONE) {
            home.<Optional<Void>, RuntimeException>locked(LOCK, () -> {
                router().release(spec.id());
                return Optional.empty();
            });
        }
    }

    /** Gives the address of a removed container back. */
    public void forget(ContainerSpec spec) throws EngineException, IOException, InterruptedException {
        if (spec.network().kind() != NetworkSpec.Kind.NONE) {
            home.<Optional<Void>, EngineException>locked(LOCK, () -> {
                String network = name(spec.network());
                leases.giveBack(network, spec.id());
                if (spec.network().kind() == NetworkSpec.Kind.NAMED && leases.exists(network)) {
                    String prefix = leases.prefix() + "." + leases.make(network) + ".";
                    Neighbours.tell(home, leases.numbers(network), prefix);
                }
                return Optional.empty();
            });
        }
    }

    /** Makes a named network. */
    public void create(String name) throws EngineException, IOException, InterruptedException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new EngineException(
                    "engine.network",
                    ErrorKind.INVALID,
                    "\"" + name + "\" is no name for a network: letters, digits and _ . - only.",
                    "",
                    Remedy.NONE,
                    null);
        }
        home.<Integer, EngineException>locked(LOCK, () -> leases.make(name));
    }

    /** The named networks. */
    public List<String> names() throws IOException {
        return leases.names();
    }

    /** Removes a named network. */
    public void remove(String name) throws EngineException, IOException, InterruptedException {
        home.<Optional<Void>, EngineException>locked(LOCK, () -> {
            if (!leases.exists(name)) {
                throw unknown(name);
            }
            List<String> members = leases.members(name);
            if (!members.isEmpty()) {
                throw new EngineException(
                        "engine.network.used",
                        ErrorKind.FAILED,
                        "The network " + name + " is used by " + String.join(", ", members) + ".",
                        "",
                        Remedy.advice("Remove those sessions first."),
                        null);
            }
            leases.remove(name);
            return Optional.empty();
        });
    }

    /**
     * Ends a router that nobody is on and forgets addresses of containers that are gone.
     *
     * @return whether there was a router to end
     */
    public boolean cleanUp() throws IOException, InterruptedException {
        if (!Files.exists(home.networks())) {
            return false;
        }
        return home.<Boolean, RuntimeException>locked(LOCK, () -> {
            leases.forgetAllBut(home.ids());
            Router router = router();
            router.release(Routers.self());
            return router.close();
        });
    }

    private Router router() throws IOException {
        return Routers.of(home, elevation);
    }

    private void bridge(Router router, Router.Running running, String prefix, int index)
            throws EngineException, IOException, InterruptedException {
        Path made = router.session(running).resolve("bridge-" + index);
        if (Files.exists(made)) {
            return;
        }
        String bridge = "b" + index;
        // A bridge without an address of its own takes its ports' lowest, and so changes it as containers come and go.
        String hardware = String.format("02:be:72:00:00:%02x", index);
        Commands.Result result = Commands.run(
                elevation.command(List.of(
                        "nsenter",
                        "--net=/proc/" + running.holder() + "/ns/net",
                        "sh",
                        "-c",
                        // Where the kernel filters what passes over a bridge, that counts as forwarding.
                        "ip -batch - && nft add rule ip berth across iifname " + bridge + " oifname " + bridge
                                + " accept")),
                "link add " + bridge + " address " + hardware + " mtu " + Router.MTU + " type bridge\naddr add "
                        + prefix + "." + index + ".1/24 dev " + bridge + "\nlink set " + bridge + " up\n",
                Commands.TIMEOUT);
        if (!result.ok()) {
            throw Commands.failure("engine.network", "The containers' network cannot be set up.", result.detail());
        }
        Files.createDirectories(made);
    }

    private static String name(NetworkSpec spec) {
        return spec.kind() == NetworkSpec.Kind.NAMED ? spec.name() : Leases.COMMON;
    }

    private static EngineException unknown(String network) {
        return new EngineException(
                "engine.network.unknown",
                ErrorKind.INVALID,
                "There is no network named " + network + ".",
                "",
                Remedy.advice("Make it with: berth network create " + network),
                null);
    }
}
