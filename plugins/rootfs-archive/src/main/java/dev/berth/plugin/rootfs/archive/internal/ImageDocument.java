/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the documents of an image layout say (OCI image specification 1.1, "Image Layout"), or those of Docker's older
 * archives ({@code manifest.json}).
 *
 * @param key the digest of the manifest, or of the configuration where there is no manifest
 * @param layers lowest first
 */
record ImageDocument(Digest key, ImageConfig config, List<Layer> layers) {

    private static final int MOST_LAYERS = 500;
    private static final int MOST_INDEXES = 4;

    /**
     * A layer.
     *
     * @param digest null when only the digest of the uncompressed archive is known
     * @param mediaType empty when the first bytes must tell
     */
    record Layer(String file, @Nullable Digest digest, Digest diffId, String mediaType) {}

    static ImageDocument read(ImageFiles files, Platform platform) throws RootfsException, IOException {
        try {
            return files.has("index.json") ? layout(files, platform) : saved(files, platform);
        } catch (JacksonException | IllegalArgumentException e) {
            throw Failures.failed("rootfs.archive.malformed", "The documents of the image are malformed.", e);
        }
    }

    private static ImageDocument layout(ImageFiles files, Platform platform) throws RootfsException, IOException {
        JsonNode node = JsonMapper.shared().readTree(files.read("index.json"));
        Digest digest = choose(node.path("manifests"), platform);
        for (int depth = 0; depth < MOST_INDEXES; depth++) {
            JsonNode document = JsonMapper.shared().readTree(checked(files, digest));
            if (!document.path("manifests").isArray()) {
                return manifest(files, document, digest, platform);
            }
            digest = choose(document.path("manifests"), platform);
        }
        throw new IllegalArgumentException("indexes of indexes");
    }

    private static ImageDocument manifest(ImageFiles files, JsonNode manifest, Digest digest, Platform platform)
            throws RootfsException, IOException {
        JsonNode config = JsonMapper.shared()
                .readTree(checked(
                        files,
                        Digest.parse(manifest.path("config").path("digest").asString(""))));
        List<Digest> diffIds = diffIds(config, platform);
        List<Layer> layers = new ArrayList<>();
        for (JsonNode each : manifest.path("layers")) {
            Digest blob = Digest.parse(each.path("digest").asString(""));
            if (layers.size() == diffIds.size()) {
                throw new IllegalArgumentException("more layers than digests");
            }
            layers.add(new Layer(
                    blob(blob),
                    blob,
                    diffIds.get(layers.size()),
                    each.path("mediaType").asString("")));
        }
        return of(digest, config, platform, layers, diffIds);
    }

    /** Docker's archives: what is called a layer's digest is that of the uncompressed archive. */
    private static ImageDocument saved(ImageFiles files, Platform platform) throws RootfsException, IOException {
        JsonNode list = JsonMapper.shared().readTree(files.read("manifest.json"));
        if (list.size() != 1) {
            throw Failures.invalid(
                    "rootfs.archive.several", "The file has " + list.size() + " images; save the one that is wanted.");
        }
        byte[] bytes = files.read(list.get(0).path("Config").asString(""));
        JsonNode config = JsonMapper.shared().readTree(bytes);
        List<Digest> diffIds = diffIds(config, platform);
        List<Layer> layers = new ArrayList<>();
        for (JsonNode each : list.get(0).path("Layers")) {
            if (layers.size() == diffIds.size()) {
                throw new IllegalArgumentException("more layers than digests");
            }
            layers.add(new Layer(each.asString(""), null, diffIds.get(layers.size()), ""));
        }
        return of(Sums.of(bytes), config, platform, layers, diffIds);
    }

    private static ImageDocument of(
            Digest key, JsonNode config, Platform platform, List<Layer> layers, List<Digest> diffIds) {
        if (layers.isEmpty() || layers.size() != diffIds.size() || layers.size() > MOST_LAYERS) {
            throw new IllegalArgumentException(layers.size() + " layers, " + diffIds.size() + " digests");
        }
        return new ImageDocument(key, config(config.path("config"), platform), List.copyOf(layers));
    }

    private static byte[] checked(ImageFiles files, Digest digest) throws RootfsException, IOException {
        byte[] bytes = files.read(blob(digest));
        if (!Sums.of(bytes).equals(digest)) {
            throw Failures.digest("the image's document " + digest.brief());
        }
        return bytes;
    }

    private static String blob(Digest digest) {
        if (!digest.algorithm().equals("sha256")) {
            throw new IllegalArgumentException(digest.algorithm());
        }
        return "blobs/sha256/" + digest.hex();
    }

    private static Digest choose(JsonNode manifests, Platform platform) throws RootfsException {
        List<JsonNode> fitting = new ArrayList<>();
        for (JsonNode each : manifests) {
            JsonNode about = each.path("platform");
            boolean said = about.has("architecture");
            if (!said
                    || about.path("os").asString("").equals(platform.os())
                            && about.path("architecture").asString("").equals(platform.architecture())) {
                fitting.add(each);
            }
        }
        if (fitting.isEmpty()) {
            throw Failures.invalid("rootfs.archive.platform", "There is no image for " + platform + " in the file.");
        }
        return Digest.parse(fitting.get(0).path("digest").asString(""));
    }

    private static List<Digest> diffIds(JsonNode config, Platform platform) throws RootfsException {
        String os = config.path("os").asString("");
        String architecture = config.path("architecture").asString("");
        if (!os.equals(platform.os()) || !architecture.equals(platform.architecture())) {
            throw Failures.invalid(
                    "rootfs.archive.platform",
                    "The image is for " + os + "/" + architecture + ", not " + platform + ".");
        }
        List<Digest> diffIds = new ArrayList<>();
        for (JsonNode each : config.path("rootfs").path("diff_ids")) {
            diffIds.add(Digest.parse(each.asString("")));
        }
        return diffIds;
    }

    private static ImageConfig config(JsonNode config, Platform platform) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String each : texts(config.path("Env"))) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                environment.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        Map<String, String> labels = new LinkedHashMap<>();
        config.path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        String folder = config.path("WorkingDir").asString("");
        return new ImageConfig(
                platform,
                environment,
                texts(config.path("Entrypoint")),
                texts(config.path("Cmd")),
                folder.isEmpty() ? "/" : folder,
                config.path("User").asString(""),
                labels);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add(each.asString(""));
        }
        return texts;
    }
}
