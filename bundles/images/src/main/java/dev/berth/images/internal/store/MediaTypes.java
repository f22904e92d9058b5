/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;

/** Media types of the OCI image specification 1.1 ("Media Types"), and Docker's names for the same things. */
final class MediaTypes {

    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    static final String LAYER_GZIP = LAYER + "+gzip";
    static final String LAYER_ZSTD = LAYER + "+zstd";

    private MediaTypes() {}

    /** The OCI name of a layer's media type. */
    static String layer(String mediaType) throws ImageException {
        return switch (mediaType) {
            case LAYER,
                    "application/vnd.oci.image.layer.nondistributable.v1.tar",
                    "application/vnd.docker.image.rootfs.diff.tar",
                    "application/x-tar" -> LAYER;
            case LAYER_GZIP,
                    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                    "application/vnd.docker.image.rootfs.diff.tar.gzip",
                    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" -> LAYER_GZIP;
            case LAYER_ZSTD,
                    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
                    "application/vnd.docker.image.rootfs.diff.tar.zstd" -> LAYER_ZSTD;
            default ->
                throw new ImageException(
                        "image.mediatype", "The layer is of a type that is not known: " + mediaType + ".", null);
        };
    }
}
