/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.errors.Failures;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a runtime folder on their way into a container. The folder itself cannot be mounted: a folder of Windows
 * takes no unix sockets, and the guest's servers make theirs beside these files.
 */
final class RuntimeFiles {

    /** Where the folder of a container is, for whoever starts it. */
    static final String LABEL = "dev.berth.runtime-folder";

    private static final long MOST_BYTES = 16 << 20;

    private RuntimeFiles() {}

    /** Brings the plain files of the folder to {@code /run/berth} of a container that may be stopped. */
    static void bring(Wslc wslc, String container, Path folder, Path scratch)
            throws EngineException, InterruptedException {
        String what = "The files that container " + container + " needs cannot be brought into it.";
        Path stage = null;
        try {
            stage = Files.createTempDirectory(Files.createDirectories(scratch), "runtime");
            Path target = Files.createDirectories(stage.resolve("run/berth"));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_BYTES) {
                        Path copy = Files.copy(file, target.resolve(file.getFileName()));
                        if (!copy.toFile().setExecutable(true)) {
                            throw new IOException(copy + " cannot be made executable");
                        }
                    }
                }
            }
            // Copied as a folder into the root: what the image has in /run stays.
            Program.Outcome outcome = wslc.run("cp", stage.resolve("run").toString(), container + ":/");
            if (!outcome.ok()) {
                throw Failures.of("engine.start", what, outcome);
            }
        } catch (IOException e) {
            throw new EngineException("engine.start", what, e);
        } finally {
            if (stage != null) {
                deleteTree(stage);
            }
        }
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> order = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : order) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            // It lies where everything may be deleted at any time.
            folder.toFile().deleteOnExit();
        }
    }
}
