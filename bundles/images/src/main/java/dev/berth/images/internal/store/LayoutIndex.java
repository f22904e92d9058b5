/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code index.json} (OCI image specification 1.1, "Image Layout"): one descriptor for each name of an image, or one
 * without a name. Read without a lock, since it is only ever replaced whole; changed under one.
 */
final class LayoutIndex {

    static final String NAME = "org.opencontainers.image.ref.name";
    static final String CREATED = "org.opencontainers.image.created";

    /** A line of the index. */
    record Entry(Digest digest, long size, Map<String, String> annotations, ObjectNode json) {

        String annotation(String key) {
            return annotations.getOrDefault(key, "");
        }
    }

    private final BerthHome home;
    private final BlobStore blobs;

    LayoutIndex(BerthHome home, BlobStore blobs) {
        this.home = home;
        this.blobs = blobs;
    }

    List<Entry> read() throws ImageException {
        try {
            JsonNode json = ImageDocuments.JSON.readTree(Files.readAllBytes(file()));
            List<Entry> entries = new ArrayList<>();
            for (JsonNode descriptor : json.path("manifests")) {
                if (!descriptor.path("mediaType").asString(MediaTypes.MANIFEST).equals(MediaTypes.MANIFEST)) {
                    continue;
                }
                Map<String, String> annotations = new LinkedHashMap<>();
                descriptor
                        .path("annotations")
                        .properties()
                        .forEach(entry ->
                                annotations.put(entry.getKey(), entry.getValue().asString()));
                entries.add(new Entry(
                        Digest.parse(descriptor.path("digest").asString()),
                        descriptor.path("size").asLong(),
                        annotations,
                        (ObjectNode) descriptor));
            }
            return entries;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | JacksonException | IllegalArgumentException | ClassCastException e) {
            throw Failures.of("cannot read its index", e);
        }
    }

    /** Replaces the index by what {@code change} makes of it, alone among all processes. */
    void change(UnaryOperator<List<Entry>> change, TaskContext context) throws ImageException, InterruptedException {
        try (HomeLock lock = HomeLock.acquire(home.locks().resolve("store-index.lock"), () -> {}, context)) {
            blobs.ensure();
            List<Entry> before = read();
            List<Entry> after = change.apply(new ArrayList<>(before));
            ObjectNode json = ImageDocuments.JSON.createObjectNode();
            json.put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
            var list = json.putArray("manifests");
            after.forEach(entry -> list.add(entry.json()));
            AtomicFiles.write(file(), ImageDocuments.JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw Failures.of("cannot change its index", e);
        }
    }

    /** A line for an image. */
    static Entry entry(ImageDocuments image, Map<String, String> annotations) {
        ObjectNode json = ImageDocuments.JSON.createObjectNode();
        ImageDocuments.descriptor(json, MediaTypes.MANIFEST, image.digest(), image.manifest().length);
        ImageDocuments.platform(json.putObject("platform"), image.config().platform());
        Map<String, String> all = new LinkedHashMap<>(annotations);
        all.put(CREATED, image.created().toString());
        ObjectNode texts = json.putObject("annotations");
        all.forEach(texts::put);
        return new Entry(image.digest(), image.manifest().length, all, json);
    }

    /** The same line under another name, or none. */
    static Entry named(Entry entry, String name) {
        ObjectNode json = entry.json().deepCopy();
        Map<String, String> annotations = new LinkedHashMap<>(entry.annotations());
        ObjectNode texts = json.withObject("/annotations");
        if (name.isEmpty()) {
            annotations.remove(NAME);
            texts.remove(NAME);
        } else {
            annotations.put(NAME, name);
            texts.put(NAME, name);
        }
        return new Entry(entry.digest(), entry.size(), annotations, json);
    }

    private Path file() {
        return home.store().resolve("index.json");
    }
}
