/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.LayerInfo;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The build cache: for each key the layers that its work gave, one small file each under {@code store/build-cache}. A
 * record may be lost at any time; then the work is done again.
 */
public final class BuildRecords {

    private static final Logger LOG = LoggerFactory.getLogger(BuildRecords.class);

    private final BerthHome home;

    BuildRecords(BerthHome home) {
        this.home = home;
    }

    /**
     * What some work gave.
     *
     * @param detail what the builder wants to know besides
     */
    public record Made(List<LayerInfo> layers, JsonNode detail) {}

    /** What is known of a key. */
    public Optional<Made> find(Digest key) {
        try {
            return Optional.of(parse(Files.readAllBytes(file(key))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("A record of the build cache is not readable and is ignored: {}", file(key), e);
            return Optional.empty();
        }
    }

    /** Remembers. */
    public void keep(Digest key, List<LayerInfo> layers, JsonNode detail) throws ImageException {
        ObjectNode json = ImageDocuments.JSON.createObjectNode();
        ArrayNode list = json.putArray("layers");
        for (LayerInfo layer : layers) {
            list.addObject()
                    .put("digest", layer.digest().toString())
                    .put("diffId", layer.diffId().toString())
                    .put("size", layer.sizeBytes())
                    .put("mediaType", layer.mediaType())
                    .put("createdBy", layer.createdBy());
        }
        json.set("detail", detail);
        try {
            Files.createDirectories(folder());
            AtomicFiles.write(file(key), ImageDocuments.JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw Failures.of("cannot keep a record of the build", e);
        }
    }

    private static Made parse(byte[] bytes) throws JacksonException {
        JsonNode json = ImageDocuments.JSON.readTree(bytes);
        List<LayerInfo> layers = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            layers.add(new LayerInfo(
                    Digest.parse(layer.path("digest").asString()),
                    Digest.parse(layer.path("diffId").asString()),
                    layer.path("size").asLong(),
                    layer.path("mediaType").asString(),
                    layer.path("createdBy").asString("")));
        }
        return new Made(layers, json.path("detail"));
    }

    /** The files of all records. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder())) {
            try (Stream<Path> all = Files.list(folder())) {
                all.forEach(files::add);
            }
        }
        return files;
    }

    /** The layers that a record names; empty when it cannot be read. */
    static List<LayerInfo> layers(Path file) {
        try {
            return parse(Files.readAllBytes(file)).layers();
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }

    private Path folder() {
        return home.store().resolve("build-cache");
    }

    private Path file(Digest key) {
        return folder().resolve(key.hex() + ".json");
    }
}
