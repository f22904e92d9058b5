/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

/** What Podman can say in its own words only. */
final class Podman {

    /** Podman 4 and 5 speak this version of their own API. */
    static final String PATH = "/v4.0.0/libpod";

    private Podman() {}
}
