/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A reference to a root file system, written {@code scheme:rest}: {@code debian:bookworm},
 * {@code oci:registry.example/name:tag}, {@code file:/path/to/rootfs.tar.zst}, {@code wsl:Debian}.
 *
 * @param scheme lower-case letters, digits and hyphens
 * @param name what the scheme's source makes of it; never empty
 */
public record RootfsReference(String scheme, String name) {

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]*");

    /** @throws IllegalArgumentException if either part is malformed */
    public RootfsReference {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(name, "name");
        if (!SCHEME.matcher(scheme).matches() || name.isBlank()) {
            throw new IllegalArgumentException("not a root file system reference: " + scheme + ":" + name);
        }
    }

    /** Parses {@code scheme:name}. */
    public static RootfsReference parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "not a root file system reference (write scheme:name, such as debian:bookworm): " + text);
        }
        return new RootfsReference(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return scheme + ":" + name;
    }
}
