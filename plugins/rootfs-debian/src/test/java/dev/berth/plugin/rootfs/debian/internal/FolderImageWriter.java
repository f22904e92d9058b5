/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image writer that leaves each layer as a tar file in a folder. The real one lives in another bundle. */
final class FolderImageWriter implements ImageWriter {

    private final Path folder;
    private final List<Path> layers = new ArrayList<>();

    FolderImageWriter(Path folder) {
        this.folder = folder;
    }

    /** The layers that were committed. */
    List<Path> layers() {
        return layers;
    }

    @Override
    public LayerOutput newLayer(String createdBy, TaskContext context) {
        Path file = folder.resolve("layer-" + layers.size() + ".tar");
        Path open = folder.resolve("layer-" + layers.size() + ".new");
        OutputStream out;
        try {
            out = Files.newOutputStream(open);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LayerOutput() {
            @Override
            public LayerInfo commit() {
                try {
                    out.close();
                    Files.move(open, file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                layers.add(file);
                Digest digest = Digest.sha256("0".repeat(64));
                return new LayerInfo(digest, digest, 0, "application/vnd.oci.image.layer.v1.tar", createdBy);
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
            public void close() throws IOException {
                out.close();
                Files.deleteIfExists(open);
            }
        };
    }

    @Override
    public LayerInfo addLayer(InputStream blob, String type, Digest expected, long size, TaskContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasBlob(Digest digest) {
        return false;
    }

    @Override
    public LayerInfo reuseLayer(Digest digest, Digest diffId, String mediaType, TaskContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path downloads() {
        return folder.resolve("cache/downloads");
    }
}
