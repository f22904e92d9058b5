/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins;

import java.util.Objects;

/**
 * A plugin in a repository, as the repository's index describes it. Nothing of it is proven before the jar is here: installing checks the jar
 * against {@code sha256} and for its own name.
 *
 * @param name the symbolic name of its bundle
 * @param version an OSGi version
 * @param description may be empty
 * @param address where its jar is: an absolute path, or an address that begins with {@code http://} or {@code https://}
 * @param sha256 of the jar, in hex
 */
public record PluginOffer(String name, String version, String description, String address, String sha256) {

    public PluginOffer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(sha256, "sha256");
    }
}
