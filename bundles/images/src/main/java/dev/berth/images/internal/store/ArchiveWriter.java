/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ObjectNode;

/** Writes an image as a tar archive of an OCI image layout. */
final class ArchiveWriter {

    private final ImageDocuments image;
    private final String name;
    private final Function<Digest, Path> blobs;

    /** @param blobs the file of each layer */
    ArchiveWriter(ImageDocuments image, String name, Function<Digest, Path> blobs) {
        this.image = image;
        this.name = name;
        this.blobs = blobs;
    }

    /** Writes the archive; {@code out} is not closed. */
    void write(OutputStream out, TaskContext context) throws ImageException, InterruptedException {
        context.progress().start(image.sizeBytes(), Unit.BYTES, "Writing image archive");
        long time = image.created().getEpochSecond();
        try {
            TarWriter tar = new TarWriter(out);
            tar.file(
                    "oci-layout",
                    "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8),
                    0644,
                    0,
                    0,
                    time);
            ObjectNode index = ImageDocuments.JSON.createObjectNode();
            index.put("schemaVersion", 2).put("mediaType", MediaTypes.INDEX);
            LayoutIndex.Entry line =
                    LayoutIndex.entry(image, name.isEmpty() ? Map.of() : Map.of(LayoutIndex.NAME, name));
            index.putArray("manifests").add(line.json());
            tar.file("index.json", ImageDocuments.JSON.writeValueAsBytes(index), 0644, 0, 0, time);
            tar.folder("blobs", 0755, 0, 0, time);
            tar.folder("blobs/sha256", 0755, 0, 0, time);
            tar.file("blobs/sha256/" + image.digest().hex(), image.manifest(), 0644, 0, 0, time);
            tar.file("blobs/sha256/" + image.configDigest().hex(), image.configuration(), 0644, 0, 0, time);
            Map<Digest, LayerInfo> once = new LinkedHashMap<>();
            image.layers().forEach(layer -> once.putIfAbsent(layer.digest(), layer));
            byte[] buffer = new byte[128 << 10];
            for (LayerInfo layer : once.values()) {
                tar.entry(TarWriter.simple(
                        "blobs/sha256/" + layer.digest().hex(), TarEntry.FILE, 0644, 0, 0, layer.sizeBytes(), time));
                try (InputStream in = Files.newInputStream(blobs.apply(layer.digest()))) {
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        context.checkCancelled();
                        tar.write(buffer, 0, n);
                        context.progress().add(n);
                    }
                }
            }
            tar.finish();
        } catch (IOException e) {
            throw Failures.of("cannot write the image archive", e);
        }
    }

    /** A layer in gzip. */
    private record Zipped(LayerInfo layer, Path file) {}

    /**
     * Writes the image with its layers in gzip, made anew in a folder that is empty and is left so.
     *
     * @param open the archive in a layer
     */
    static void gzip(ImageDocuments image, String name, Expand open, Path folder, OutputStream out, TaskContext context)
            throws IOException, ImageException, InterruptedException {
        List<LayerInfo> layers = new ArrayList<>();
        Map<Digest, Path> files = new LinkedHashMap<>();
        context.progress().start(image.sizeBytes(), Unit.BYTES, "Compressing layers");
        try {
            for (LayerInfo layer : image.layers()) {
                Zipped zipped = zip(layer, open, folder, context);
                layers.add(zipped.layer());
                files.put(zipped.layer().digest(), zipped.file());
            }
            ImageDocuments other = ImageDocuments.compose(image.config(), layers, image.created());
            new ArchiveWriter(other, name, digest -> Objects.requireNonNull(files.get(digest))).write(out, context);
        } finally {
            for (Path file : files.values()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Zipped zip(LayerInfo layer, Expand open, Path folder, TaskContext context)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "layer", ".gz");
        boolean done = false;
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            try (InputStream in = open.of(layer);
                    OutputStream zip = new GZIPOutputStream(
                            new DigestOutputStream(
                                    new BufferedOutputStream(Files.newOutputStream(file), 128 << 10), sum),
                            64 << 10)) {
                byte[] buffer = new byte[128 << 10];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    context.checkCancelled();
                    zip.write(buffer, 0, n);
                }
            }
            Digest digest = Digest.sha256(HexFormat.of().formatHex(sum.digest()));
            done = true;
            return new Zipped(
                    new LayerInfo(digest, layer.diffId(), Files.size(file), MediaTypes.LAYER_GZIP, layer.createdBy()),
                    file);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Opens the archive in a layer. */
    interface Expand {
        InputStream of(LayerInfo layer) throws IOException;
    }
}
