/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins;

import java.util.Objects;

/**
 * What a plugin's jar says of itself, and what was found out about it.
 *
 * @param name the symbolic name of its bundle
 * @param version an OSGi version
 * @param title for a person; the name when the plugin has none
 * @param description may be empty
 * @param vendor may be empty
 * @param signer the subject of the certificate that signed it; empty when it is not signed
 * @param signerDigest SHA-256 of that certificate, in hex; empty when it is not signed
 * @param sha256 of the jar, in hex
 */
public record PluginInfo(
        String name,
        String version,
        String title,
        String description,
        String vendor,
        String signer,
        String signerDigest,
        String sha256) {

    public PluginInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(signer, "signer");
        Objects.requireNonNull(signerDigest, "signerDigest");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Whether every class in it is signed, all by one. */
    public boolean signed() {
        return !signerDigest.isEmpty();
    }
}
