/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.rootfs;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An image writer that keeps layers as files in a folder, and remembers how it was used. Any thread. */
public final class FolderImageWriter implements ImageWriter {

    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private final Path folder;
    private final Path downloads;
    private final List<LayerInfo> layers = new ArrayList<>();
    private int begun;
    private int open;

    /**
     * @param folder where layers go; made if it does not exist
     * @param downloads what {@link #downloads} says; shared by writers that are to stand for the same store
     */
    public FolderImageWriter(Path folder, Path downloads) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.downloads = Files.createDirectories(downloads);
    }

    /** The layers that were added, lowest first. */
    public synchronized List<LayerInfo> layers() {
        return List.copyOf(layers);
    }

    /** How many layers were begun and neither committed nor closed. */
    public synchronized int open() {
        return open;
    }

    /**
     * What is in all layers, in order; see the source for the form of a line.
     *
     * @throws IOException if an archive is malformed, or compressed by zstd and there is no {@code zstd} on this host
     */
    public List<String> entries() throws IOException {
        List<String> entries = new ArrayList<>();
        for (LayerInfo layer : layers()) {
            try (InputStream tar = ExpandedLayer.open(file(layer.digest()), layer.mediaType())) {
                entries.addAll(TreeListing.of(tar));
            }
        }
        return entries;
    }

    private static Digest diffId(Path file, String mediaType) throws IOException {
        try (InputStream in = ExpandedLayer.open(file, mediaType);
                DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
            in.transferTo(out);
            return digest(out);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.hex());
    }

    private synchronized LayerInfo add(LayerInfo layer) {
        layers.add(layer);
        return layer;
    }

    private synchronized int count(int change) {
        open += change;
        if (change > 0) {
            begun++;
        }
        return begun;
    }

    @Override
    public LayerOutput newLayer(String createdBy, TaskContext context) throws ImageException {
        try {
            return new Output(folder.resolve("new-" + count(1)), createdBy);
        } catch (IOException e) {
            throw new ImageException("image.io", "The layer cannot be begun.", e);
        }
    }

    @Override
    public LayerInfo addLayer(InputStream blob, String mediaType, Digest expected, long sizeBytes, TaskContext context)
            throws ImageException, InterruptedException {
        Path part = folder.resolve("new-" + count(1));
        try (DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(part), sha256())) {
            byte[] buffer = new byte[64 << 10];
            long size = 0;
            for (int n = blob.read(buffer); n >= 0; n = blob.read(buffer)) {
                context.checkCancelled();
                out.write(buffer, 0, n);
                size += n;
            }
            Digest digest = digest(out);
            if (size != sizeBytes || !digest.equals(expected)) {
                Files.delete(part);
                throw new ImageException("image.digest", "The layer came with other content than announced.", null);
            }
            Files.move(part, file(digest));
            return add(new LayerInfo(digest, diffId(file(digest), mediaType), size, mediaType, ""));
        } catch (IOException e) {
            throw new ImageException("image.io", "The layer cannot be kept.", e);
        } finally {
            count(-1);
        }
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return Files.exists(file(digest));
    }

    @Override
    public LayerInfo reuseLayer(Digest digest, Digest diffId, String mediaType, TaskContext context)
            throws ImageException {
        try {
            return add(new LayerInfo(digest, diffId, Files.size(file(digest)), mediaType, ""));
        } catch (IOException e) {
            throw new ImageException("image.digest", "There is no such layer.", e);
        }
    }

    @Override
    public Path downloads() {
        return downloads;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Digest digest(DigestOutputStream out) {
        return Digest.sha256(HexFormat.of().formatHex(out.getMessageDigest().digest()));
    }

    private final class Output extends LayerOutput {

        private final Path part;
        private final String createdBy;
        private final DigestOutputStream out;
        private boolean closed;

        Output(Path part, String createdBy) throws IOException {
            this.part = part;
            this.createdBy = createdBy;
            OutputStream file = Files.newOutputStream(part);
            out = new DigestOutputStream(file, sha256());
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public LayerInfo commit() throws ImageException {
            try {
                out.close();
                Digest digest = digest(out);
                long size = Files.size(part);
                Files.move(part, file(digest), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return add(new LayerInfo(digest, digest, size, LAYER, createdBy));
            } catch (IOException e) {
                throw new ImageException("image.io", "The layer cannot be kept.", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                count(-1);
                out.close();
                Files.deleteIfExists(part);
            }
        }
    }
}
