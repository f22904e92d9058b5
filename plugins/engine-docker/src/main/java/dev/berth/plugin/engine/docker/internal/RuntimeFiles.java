/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The files of a runtime folder on their way into a container that cannot have the folder itself. */
final class RuntimeFiles {

    /** Where the folder of a container is, for whoever starts it. */
    static final String LABEL = "dev.berth.runtime-folder";

    private static final long MOST_BYTES = 16 << 20;

    private RuntimeFiles() {}

    /** Writes {@code run/berth} with the plain files of the folder as an archive to be unpacked at the root. */
    static void write(Path folder, OutputStream out) throws IOException {
        TarEntries.write(out, "run", 0755, null);
        TarEntries.write(out, "run/berth", 0755, null);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_BYTES) {
                        TarEntries.write(out, "run/berth/" + file.getFileName(), 0755, Files.readAllBytes(file));
                    }
                }
            }
        }
        TarEntries.end(out);
    }
}
