/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.Platform;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of one image (OCI image specification 1.1, "Image Manifest" and "Image Configuration"). The same image
 * gives the same bytes.
 *
 * @param configuration the bytes of the configuration
 * @param manifest the bytes of the manifest
 */
record ImageDocuments(
        byte[] configuration,
        byte[] manifest,
        Digest digest,
        ImageConfig config,
        Instant created,
        List<LayerInfo> layers) {

    static final JsonMapper JSON = JsonMapper.shared();

    /** Composes the documents of an image. */
    static ImageDocuments compose(ImageConfig config, List<LayerInfo> layers, Instant created) {
        byte[] configuration = JSON.writeValueAsBytes(configuration(config, layers, created));
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.MANIFEST);
        descriptor(
                manifest.putObject("config"), MediaTypes.CONFIG, BlobStore.digest(configuration), configuration.length);
        ArrayNode list = manifest.putArray("layers");
        for (LayerInfo layer : layers) {
            descriptor(list.addObject(), layer.mediaType(), layer.digest(), layer.sizeBytes());
        }
        byte[] bytes = JSON.writeValueAsBytes(manifest);
        return new ImageDocuments(configuration, bytes, BlobStore.digest(bytes), config, created, layers);
    }

    /** Reads an image of the store. */
    static ImageDocuments read(BlobStore blobs, Digest digest) throws ImageException {
        try {
            byte[] manifestBytes = blobs.read(digest);
            JsonNode manifest = JSON.readTree(manifestBytes);
            Digest configDigest =
                    Digest.parse(manifest.path("config").path("digest").asString());
            byte[] configBytes = blobs.read(configDigest);
            JsonNode config = JSON.readTree(configBytes);
            JsonNode diffIds = config.path("rootfs").path("diff_ids");
            JsonNode list = manifest.path("layers");
            if (diffIds.size() != list.size()) {
                throw Failures.digest("The image " + digest.brief() + " lists other layers than it has.");
            }
            List<String> history = new ArrayList<>();
            for (JsonNode entry : config.path("history")) {
                if (!entry.path("empty_layer").asBoolean(false)) {
                    history.add(entry.path("created_by").asString(""));
                }
            }
            List<LayerInfo> layers = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                JsonNode layer = list.get(i);
                layers.add(new LayerInfo(
                        Digest.parse(layer.path("digest").asString()),
                        Digest.parse(diffIds.get(i).asString()),
                        layer.path("size").asLong(),
                        MediaTypes.layer(layer.path("mediaType").asString()),
                        i < history.size() ? history.get(i) : ""));
            }
            return new ImageDocuments(
                    configBytes,
                    manifestBytes,
                    digest,
                    config(config),
                    instant(config.path("created").asString("")),
                    layers);
        } catch (java.io.IOException | JacksonException | IllegalArgumentException e) {
            throw Failures.of("cannot read the image " + digest.brief(), e);
        }
    }

    Digest configDigest() {
        return BlobStore.digest(configuration);
    }

    /** Bytes of all blobs. */
    long sizeBytes() {
        return configuration.length
                + manifest.length
                + layers.stream().mapToLong(LayerInfo::sizeBytes).sum();
    }

    private static ObjectNode configuration(ImageConfig config, List<LayerInfo> layers, Instant created) {
        ObjectNode json = JSON.createObjectNode();
        json.put("created", created.toString());
        platform(json, config.platform());
        ObjectNode process = json.putObject("config");
        if (!config.user().isEmpty()) {
            process.put("User", config.user());
        }
        ArrayNode environment = process.putArray("Env");
        new TreeMap<>(config.environment()).forEach((name, value) -> environment.add(name + "=" + value));
        if (!config.entrypoint().isEmpty()) {
            strings(process.putArray("Entrypoint"), config.entrypoint());
        }
        if (!config.command().isEmpty()) {
            strings(process.putArray("Cmd"), config.command());
        }
        process.put("WorkingDir", config.workingFolder());
        if (!config.labels().isEmpty()) {
            ObjectNode labels = process.putObject("Labels");
            new TreeMap<>(config.labels()).forEach(labels::put);
        }
        ObjectNode rootfs = json.putObject("rootfs");
        rootfs.put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        ArrayNode history = json.putArray("history");
        for (LayerInfo layer : layers) {
            diffIds.add(layer.diffId().toString());
            history.addObject().put("created", created.toString()).put("created_by", layer.createdBy());
        }
        return json;
    }

    private static ImageConfig config(JsonNode json) {
        JsonNode process = json.path("config");
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode entry : process.path("Env")) {
            String text = entry.asString();
            int equals = text.indexOf('=');
            if (equals > 0) {
                environment.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        Map<String, String> labels = new LinkedHashMap<>();
        process.path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        String folder = process.path("WorkingDir").asString("");
        return new ImageConfig(
                new Platform(
                        json.path("os").asString("linux"),
                        json.path("architecture").asString("amd64"),
                        json.path("variant").asString("")),
                environment,
                list(process.path("Entrypoint")),
                list(process.path("Cmd")),
                folder.isEmpty() ? "/" : folder,
                process.path("User").asString(""),
                labels);
    }

    static void platform(ObjectNode json, Platform platform) {
        json.put("architecture", platform.architecture()).put("os", platform.os());
        if (!platform.variant().isEmpty()) {
            json.put("variant", platform.variant());
        }
    }

    static void descriptor(ObjectNode json, String mediaType, Digest digest, long size) {
        json.put("mediaType", mediaType).put("digest", digest.toString()).put("size", size);
    }

    static Instant instant(String text) {
        try {
            return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static List<String> list(JsonNode json) {
        return json.valueStream().map(JsonNode::asString).toList();
    }
}
