/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.text.Listings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes away what a killed Berth left: containers that an image was read from, archives on their way. */
final class CleanUp {

    /** Far longer than an image takes: what is younger may be at work in another process. */
    private static final Duration OLD = Duration.ofHours(3);

    private final Wslc wslc;
    private final Path scratch;

    CleanUp(Wslc wslc, Path scratch) {
        this.wslc = wslc;
        this.scratch = scratch;
    }

    List<String> run() throws EngineException, InterruptedException {
        List<String> mended = new ArrayList<>();
        Instant limit = Instant.now().minus(OLD);
        Program.Outcome outcome = wslc.must(
                "engine.list",
                "WSL does not list its containers.",
                Wslc.LIMIT,
                List.of("list", "--all", "--no-trunc", "--format", "json"));
        try {
            for (Listings.Container one : Listings.containers(outcome.out())) {
                if (one.name().startsWith(Names.PRISTINE)
                        && one.created().isBefore(limit)
                        && wslc.run("remove", "--force", one.name()).ok()) {
                    mended.add("Removed the container " + one.name() + ", left by an export that was cut short.");
                }
            }
        } catch (IOException e) {
            throw Wslc.notUnderstood(outcome, e);
        }
        if (Files.isDirectory(scratch)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(scratch, "*.tar")) {
                for (Path file : files) {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(limit) && Files.deleteIfExists(file)) {
                        mended.add("Deleted " + file.getFileName() + ", left by a transfer that was cut short.");
                    }
                }
            } catch (IOException e) {
                throw new EngineException("engine.files", "Files in " + scratch + " cannot be deleted.", e);
            }
        }
        return mended;
    }
}
