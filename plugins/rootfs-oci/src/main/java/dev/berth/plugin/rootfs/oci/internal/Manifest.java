/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.Platform;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image manifest (OCI image specification 1.1, "Image Manifest", or Docker's of schema 2).
 *
 * @param digest of the manifest itself
 */
record Manifest(Digest digest, Blob config, List<Blob> layers) {

    /** A descriptor; {@code size} in bytes. */
    record Blob(Digest digest, long size, String mediaType) {}

    private static final List<String> ACCEPT = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final int MOST_LAYERS = 500;

    /** The manifest for a platform, found through the index if there is one. */
    static Manifest find(Registry registry, String selector, Platform platform)
            throws RootfsException, InterruptedException {
        String wanted = selector;
        for (int depth = 0; depth < 3; depth++) {
            byte[] bytes = registry.document("manifests", wanted, ACCEPT);
            if (wanted.contains(":")) {
                checked(bytes, Digest.parse(wanted));
            }
            try {
                JsonNode root = JsonMapper.shared().readTree(bytes);
                if (!root.path("manifests").isArray()) {
                    return read(root, bytes);
                }
                wanted = choose(root.path("manifests"), platform).toString();
            } catch (JacksonException | IllegalArgumentException e) {
                throw Failures.failed("rootfs.oci.manifest", "The registry sent a malformed manifest.", e);
            }
        }
        throw Failures.failed("rootfs.oci.manifest", "The index of the image leads to ever more indexes.", null);
    }

    /** The same bytes, if they have the digest. */
    static byte[] checked(byte[] bytes, Digest digest) throws RootfsException {
        if (!sum(bytes).equals(digest)) {
            throw Failures.digest("manifest or configuration " + digest.brief());
        }
        return bytes;
    }

    private static Digest sum(byte[] bytes) {
        return Digest.sha256(HexFormat.of().formatHex(Blobs.sha256().digest(bytes)));
    }

    private static Digest choose(JsonNode manifests, Platform platform) throws RootfsException {
        @Nullable String found = null;
        for (JsonNode each : manifests) {
            JsonNode about = each.path("platform");
            String variant = about.path("variant").asString("");
            if (!about.path("os").asString("").equals(platform.os())
                    || !about.path("architecture").asString("").equals(platform.architecture())) {
                continue;
            }
            if (variant.equals(platform.variant())) {
                return Digest.parse(each.path("digest").asString(""));
            }
            if (found == null && (platform.variant().isEmpty() || variant.isEmpty())) {
                found = each.path("digest").asString("");
            }
        }
        if (found == null) {
            throw Failures.invalid("rootfs.oci.platform", "There is no image for " + platform + " under this name.");
        }
        return Digest.parse(found);
    }

    private static Manifest read(JsonNode root, byte[] bytes) {
        List<Blob> layers = new ArrayList<>();
        for (JsonNode each : root.path("layers")) {
            layers.add(blob(each));
        }
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(layers.size() + " layers");
        }
        return new Manifest(sum(bytes), blob(root.path("config")), List.copyOf(layers));
    }

    private static Blob blob(JsonNode node) {
        Digest digest = Digest.parse(node.path("digest").asString(""));
        long size = node.path("size").asLong(-1);
        if (!digest.algorithm().equals("sha256") || size < 0) {
            throw new IllegalArgumentException("a descriptor without digest or size");
        }
        return new Blob(digest, size, node.path("mediaType").asString(""));
    }
}
