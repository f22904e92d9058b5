/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Takes {@code file:/PATH}: a root file system as a tar archive, bare or compressed by gzip, xz or zstd; a .wsl file; an
 * image as an OCI layout, an archive of one, or what {@code docker save} wrote.
 */
@Component(service = RootfsSource.class)
public final class ArchiveRootfsSource implements RootfsSource {

    @Override
    public String id() {
        return "dev.berth.rootfs.archive";
    }

    @Override
    public boolean understands(RootfsReference reference) {
        return reference.scheme().equals("file");
    }

    @Override
    public Set<RootfsFeature> features() {
        return Set.of();
    }

    @Override
    public RootfsResolution resolve(RootfsRequest request, TaskContext context)
            throws RootfsException, InterruptedException {
        Failures.checkOptions(request, Set.of());
        Path file = file(request.reference());
        context.checkCancelled();
        try {
            ArchiveFile.About about = new ArchiveFile(file, request.platform()).about(context);
            return new RootfsResolution(request, about.key(), 0, -1, file.getFileName() + ", " + about.summary());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException {
        Path file = file(resolution.request().reference());
        context.checkCancelled();
        try {
            return new FetchedRootfs(
                    new ArchiveFile(file, resolution.request().platform()).fetch(resolution.key(), writer, context),
                    List.of());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static RootfsException unreadable(Path file, IOException e) {
        return Failures.failed(
                "rootfs.archive.read", file.getFileName() + " cannot be read: " + e.getMessage() + ".", e);
    }

    private static Path file(RootfsReference reference) throws RootfsException {
        try {
            Path path = Path.of(reference.name());
            if (path.isAbsolute() && path.getFileName() != null && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // The same as one that is not there.
        }
        throw Failures.invalid(
                "rootfs.archive.none", "There is no such file (its whole path is needed): " + reference.name() + ".");
    }
}
