/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

/**
 * A TCP port of a container that is reachable on the host's loopback.
 *
 * @param hostPort 0 lets the engine choose a free one
 */
public record PortMapping(int hostPort, int guestPort) {

    public PortMapping {
        if (hostPort < 0 || hostPort > 65_535 || guestPort < 1 || guestPort > 65_535) {
            throw new IllegalArgumentException("not a port mapping: " + hostPort + ":" + guestPort);
        }
    }
}
