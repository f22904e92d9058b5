/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import java.util.Objects;

/**
 * The network of a container.
 *
 * @param name the network to join, for {@link Kind#NAMED}; else empty
 */
public record NetworkSpec(Kind kind, String name) {

    /** Which network. */
    public enum Kind {
        /** Loopback only. */
        NONE,
        /** A network of its own with a way out. */
        OUTGOING,
        /** A named network shared with other containers, with a way out. */
        NAMED
    }

    /** Loopback only. */
    public static final NetworkSpec NONE = new NetworkSpec(Kind.NONE, "");
    /** A network of its own with a way out: the default. */
    public static final NetworkSpec OUTGOING = new NetworkSpec(Kind.OUTGOING, "");

    public NetworkSpec {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.NAMED) == name.isEmpty()) {
            throw new IllegalArgumentException("only a named network has a name, and it must have one");
        }
    }
}
