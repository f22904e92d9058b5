/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.image.Digest;

/** How Berth's things are named and marked in sessions that others use as well. */
final class Names {

    static final String ID = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";
    static final String CONTAINER_LABEL = "dev.berth.container";
    /** A container that is never started: an image's files are read from it. */
    static final String PRISTINE = "berth--pristine-";

    /** Where the guest side of a session finds what Berth puts there. */
    static final String RUNTIME_FOLDER = "/run/berth";

    private static final String PREFIX = "berth-";
    static final String IMAGES = "localhost/berth";

    private Names() {}

    static String container(String id) {
        return PREFIX + id;
    }

    static String network(String name) {
        return PREFIX + name;
    }

    /** The id behind a container's name, or the name behind a network's; empty for what is not Berth's. */
    static String plain(String name) {
        String rest = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        return rest.matches(ID) ? rest : "";
    }

    /** A tag has at most 128 characters, which leaves room for a digest. */
    static String image(Digest digest) {
        return IMAGES + ":" + digest.hex();
    }
}
