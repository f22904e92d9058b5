/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.rootfs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The archive in a layer, as its media type says that it was compressed; zstd by the host's {@code zstd}. */
final class ExpandedLayer {

    private ExpandedLayer() {}

    static InputStream open(Path file, String mediaType) throws IOException {
        if (mediaType.endsWith("gzip")) {
            return new GZIPInputStream(Files.newInputStream(file));
        }
        return mediaType.endsWith("zstd") ? zstd(file) : Files.newInputStream(file);
    }

    private static InputStream zstd(Path file) throws IOException {
        Process process = new ProcessBuilder("zstd", "-dcq")
                .redirectInput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new FilterInputStream(process.getInputStream()) {
            @Override
            public void close() throws IOException {
                super.close();
                process.destroyForcibly();
            }
        };
    }
}
