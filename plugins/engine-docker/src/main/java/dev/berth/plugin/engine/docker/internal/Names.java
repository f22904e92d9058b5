/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.image.Digest;
import dev.berth.plugin.engine.docker.internal.http.Request;
import java.util.Map;

/** How Berth's things are named and marked in an engine that others use as well. */
final class Names {

    static final String CONTAINER_LABEL = "dev.berth.container";
    static final String NETWORK_LABEL = "dev.berth.network";

    /** Where the guest side of a session finds what Berth puts there. */
    static final String RUNTIME_FOLDER = "/run/berth";

    private static final String PREFIX = "berth-";
    private static final String IMAGES = "localhost/berth";
    private static final String COMMITS = "localhost/berth-commit";

    private Names() {}

    static String container(String id) {
        return PREFIX + id;
    }

    static String network(String name) {
        return PREFIX + name;
    }

    /** A tag has at most 128 characters, which leaves room for a digest. */
    static String image(Digest digest) {
        return IMAGES + ":" + digest.hex();
    }

    static String commitRepository() {
        return COMMITS;
    }

    /** The value of a query's {@code filters} for one label. */
    static String labelFilter(String label) {
        return Request.encode(Json.print(Map.of("label", java.util.List.of(label))));
    }
}
