/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.share.ShareSpec;
import java.util.List;
import java.util.Objects;

/**
 * A session to be started.
 *
 * @param recipe id of the recipe
 * @param name empty lets Berth choose: the recipe's id with a number
 * @param engine id of the engine; empty means the best that this host has
 * @param ephemeral whether all is thrown away when it stops
 * @param width of the screen in pixels; 0 means the recipe's
 * @param memoryBytes 0 means the recipe's
 * @param cpus 0 means the recipe's
 */
public record SessionRequest(
        String recipe,
        String name,
        String engine,
        boolean ephemeral,
        int width,
        int height,
        long memoryBytes,
        double cpus,
        List<ShareSpec> shares,
        NetworkSpec network,
        List<PortMapping> ports) {

    public SessionRequest {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(engine, "engine");
        shares = List.copyOf(shares);
        Objects.requireNonNull(network, "network");
        ports = List.copyOf(ports);
    }

    /** A session of a recipe with nothing out of the ordinary. */
    public static SessionRequest of(String recipe) {
        return new SessionRequest(recipe, "", "", false, 0, 0, 0, 0, List.of(), NetworkSpec.OUTGOING, List.of());
    }

    /** The same with another name. */
    public SessionRequest named(String other) {
        return new SessionRequest(
                recipe, other, engine, ephemeral, width, height, memoryBytes, cpus, shares, network, ports);
    }
}
