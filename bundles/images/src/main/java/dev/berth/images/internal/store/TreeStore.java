/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.images.internal.unpack.ChildUnpacker;
import dev.berth.images.internal.unpack.LayerUnpacker;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.images.tar.ChunkSource;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Unpacked layers: {@code rootfs/<diffId>} for owners as they are, {@code rootfs/<diffId>-<mapping>} for a user
 * namespace. A folder of that name is whole; what is under way lies in {@code rootfs/.parts}.
 */
final class TreeStore {

    private static final Set<String> HIDDEN = Set.of(".parts", ".unsynced");

    private final BerthHome home;

    private final SyncMarks marks;

    TreeStore(BerthHome home) {
        this.home = home;
        marks = new SyncMarks(home);
    }

    /** Where a layer is or will be. */
    Path path(Digest diffId, IdMapping ids) {
        return home.rootfs().resolve(ids.isIdentity() ? diffId.hex() : diffId.hex() + "-" + hash(ids));
    }

    private static String hash(IdMapping ids) {
        String text = ids.uids() + "\n" + ids.gids();
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 12);
    }

    boolean has(Digest diffId, IdMapping ids) {
        Path tree = path(diffId, ids);
        return Files.isDirectory(tree) && marks.trusted(tree);
    }

    Path parts() {
        return home.rootfs().resolve(".parts");
    }

    /** Begins to unpack a layer whose digest is not known yet. */
    Pending begin(IdMapping ids, UnpackLimits limits) throws IOException {
        // Nobody but the owner of the home may enter: there are setuid programs inside.
        Path rootfs = home.ensure(home.rootfs());
        if (Files.getFileStore(rootfs).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(rootfs, PosixFilePermissions.fromString("rwx------"));
        }
        Files.createDirectories(parts());
        Path part = parts().resolve(UUID.randomUUID().toString());
        Files.createDirectory(part);
        return new Pending(part, ids, limits);
    }

    /** A layer on its way into a folder. */
    final class Pending {

        private final Path part;
        private final IdMapping ids;
        private final UnpackLimits limits;
        private volatile List<String> notes = List.of();

        private Pending(Path part, IdMapping ids, UnpackLimits limits) {
            this.part = part;
            this.ids = ids;
            this.limits = limits;
        }

        /** Takes the archive. */
        void consume(ChunkSource source) throws IOException, InterruptedException {
            if (ids.isIdentity()) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
                notes = LayerUnpacker.unpack(source, part, false, limits);
            } else {
                notes = ChildUnpacker.unpack(source, part, ids, limits);
            }
        }

        List<String> notes() {
            return notes;
        }

        /** Makes the folder the layer's. */
        Path keep(Digest diffId) throws IOException, InterruptedException {
            Path target = path(diffId, ids);
            try {
                if (Files.isDirectory(target) && !marks.trusted(target)) {
                    deleteTree(target);
                }
                if (!Files.isDirectory(target)) {
                    marks.mark(target);
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                    marks.sync();
                    return target;
                }
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                // Another process was faster with the same layer.
            }
            discard();
            return target;
        }

        void discard() throws IOException, InterruptedException {
            deleteTree(part);
        }
    }

    /** Deletes an unpacked layer, or a part. */
    void deleteTree(Path tree) throws IOException, InterruptedException {
        if (!Files.exists(tree)) {
            return;
        }
        marks.forget(tree);
        if (LayerUnpacker.superuser()) {
            AtomicFiles.deleteTree(tree);
            return;
        }
        Path doomed = tree;
        if (!tree.startsWith(parts())) {
            Files.createDirectories(parts());
            doomed = Files.move(tree, parts().resolve(UUID.randomUUID().toString()), StandardCopyOption.ATOMIC_MOVE);
        }
        Optional<IdMapping> ids = HostIds.mapping();
        if (ids.isPresent()) {
            ChildUnpacker.delete(doomed, ids.get());
        } else {
            MoreFiles.deleteRecursively(doomed);
        }
    }

    /** The folders of unpacked layers. */
    List<Path> all() throws IOException {
        return list(home.rootfs());
    }

    /** What is under way, or was when its process died. */
    List<Path> allParts() throws IOException {
        return list(parts());
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> !HIDDEN.contains(file.getFileName().toString()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The layer that an unpacked folder is of. */
    static Optional<Digest> diffId(Path tree) {
        String name = tree.getFileName().toString();
        return name.matches("[0-9a-f]{64}(-[0-9a-f]{12})?")
                ? Optional.of(Digest.sha256(name.substring(0, 64)))
                : Optional.empty();
    }
}
